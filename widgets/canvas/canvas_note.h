// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace netloom {

/// A few words beside the hand: why something is refused.
class CanvasNote : public QLabel {
    Q_OBJECT
public:
    explicit CanvasNote(QWidget *viewport);

    /// Shows @p text beside @p point (viewport px), inside the viewport.
    void showAt(const QString &text, QPoint point);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace netloom
