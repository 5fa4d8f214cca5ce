// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractScrollArea>
#include <QImage>
#include <QString>

#include <vector>

namespace netloom {

/// The filters of a convolution as small pictures: RGB where it has three input channels, else grey. Zero is mid grey, every
/// filter uses its whole range. Tiles have whole-number scale and flow with the width.
class FilterGrid : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit FilterGrid(QWidget *parent = nullptr);

    /// @p values is count×channels×height×width; anything else shows the empty state.
    void setFilters(const QString &layer, int count, int channels, int height, int width, std::vector<float> values);
    void clear();
    int filterCount() const { return int(m_tiles.size()); }

    /// Where filter @p index lies in the viewport, scrolled.
    QRect tileRect(int index) const;
    /// One filter, one pixel per weight.
    QImage tileImage(int index) const { return m_tiles.at(std::size_t(index)).image; }
    /// Screen pixels per weight.
    int scale() const { return m_scale; }

    QSize sizeHint() const override { return {240, 240}; }
    QSize minimumSizeHint() const override { return {120, 100}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    struct Tile {
        QImage image;
        float smallest = 0, largest = 0;
    };

    void layOut();
    int tileAt(const QPoint &position) const;

    QString m_layer;
    std::vector<Tile> m_tiles;
    QSize m_filterSize;
    int m_scale = 1;
    int m_columns = 1;
    int m_hover = -1;
};

} // namespace netloom
