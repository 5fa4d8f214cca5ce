// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_preview.h"

#include <QAbstractScrollArea>
#include <QImage>

#include <memory>
#include <optional>

namespace netloom {

/// All that comes out of a node, large: the picture, every feature map in a grid, or every number as a bar. Tells the number
/// under the pointer.
class PreviewView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit PreviewView(QWidget *parent = nullptr);

    /// @p values belong to @p preview; an empty shape shows the reason why there are none.
    void setPreview(std::shared_ptr<const NodePreview> preview, std::shared_ptr<const NodeValues> values);
    /// Greys what is shown, which no longer holds, until the next setPreview().
    void setStale();

    int tileCount() const { return int(m_tiles.size()); }
    /// Where tile @p index, or bar @p index, lies in the viewport, scrolled.
    QRectF tileRect(int index) const;
    QRectF barRect(std::int64_t index) const;
    /// What is under @p point of the viewport, in words; "" where nothing is.
    QString readoutAt(QPointF point) const;

    QSize sizeHint() const override { return {520, 460}; }

signals:
    void readoutChanged(const QString &readout);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Tile {
        QImage image;
        float low = 0, high = 0;
    };
    struct Spot { ///< a pixel of a tile, or a bar
        std::int64_t index = 0;
        int row = 0, column = 0;
        friend bool operator==(const Spot &, const Spot &) = default;
    };

    bool hasTiles() const { return !m_tiles.empty(); }
    bool hasBars() const { return m_tiles.empty() && m_values && !m_values->values.empty(); }
    void makeTiles();
    void layOut();
    void layOutTiles();
    void layOutBars();
    bool hasFields() const { return hasBars() && m_preview && !m_preview->fields.empty(); }
    void paintTiles(QPainter &painter);
    void paintColumns(QPainter &painter);
    void paintNamedBars(QPainter &painter);
    void paintFields(QPainter &painter);
    std::optional<Spot> spotAt(QPointF point) const;
    QString readout(const Spot &spot) const;
    float valueAt(std::int64_t channel, int row, int column) const;
    void followPointer();

    std::shared_ptr<const NodePreview> m_preview;
    std::shared_ptr<const NodeValues> m_values;
    std::vector<Tile> m_tiles;
    QSize m_tilePixels;   ///< of the numbers
    double m_scale = 1;   ///< screen pixels for a number
    int m_columns = 1;
    double m_pitch = 1;   ///< of the bars, px
    int m_nameWidth = 0;
    std::optional<QPointF> m_pointer;
    std::optional<Spot> m_spot;
    bool m_stale = false;
};

} // namespace netloom
