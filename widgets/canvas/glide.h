// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvas_view.h"

#include <QVariantAnimation>

namespace netloom {

/// Lets cards glide to where the document has put them already, and the view to what it is to show. Only the picture moves.
class Glide : public QObject {
    Q_OBJECT
public:
    static constexpr int kDuration = 250; ///< ms

    explicit Glide(CanvasView &view);

    bool isRunning() const { return m_animation.state() == QVariantAnimation::Running; }
    /// Begins where the cards and the view were.
    void start(Places from, const ViewState &view);
    /// Everything is in its place at once.
    void finish();

private:
    void show(double progress);
    void settle();

    CanvasView &m_view;
    QVariantAnimation m_animation;
    Places m_from;
    Places m_to;
    ViewState m_viewFrom;
    ViewState m_viewTo;
};

} // namespace netloom
