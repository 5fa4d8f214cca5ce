// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/node_preview.h"

#include <QWidget>

#include <memory>
#include <vector>

class QToolButton;

namespace netloom {

/// What a transform makes of a sample: the sample before it beside the one after it, or beside several draws of a random one, with a button
/// for others.
class TransformStrip : public QWidget {
    Q_OBJECT
public:
    using Preview = std::shared_ptr<const NodePreview>;

    explicit TransformStrip(QWidget *parent = nullptr);

    void setDraws(Preview before, std::vector<Preview> after, bool isRandom);
    /// How many rows of pictures at most.
    void setRows(int rows);
    int drawCount() const { return int(m_after.size()); }
    const Preview &draw(int index) const { return m_after.at(std::size_t(index)); }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

signals:
    void againRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Of the picture number @p index, the one before first; px.
    QRect tileRect(int index) const;
    static int tileSide(int width);
    QString caption(int index) const;
    int shownDraws() const;

    Preview m_before;
    std::vector<Preview> m_after;
    bool m_isRandom = false;
    int m_rows = 2;
    QToolButton *m_again;
};

} // namespace netloom
