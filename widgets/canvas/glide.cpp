// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/glide.h"

#include <cmath>

namespace netloom {

Glide::Glide(CanvasView &view) : m_view(view)
{
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setDuration(kDuration);
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) { show(value.toDouble()); });
    connect(&m_animation, &QVariantAnimation::finished, this, &Glide::settle);
}

void Glide::start(Places from, const ViewState &view)
{
    finish();
    m_from = std::move(from);
    m_to.clear();
    for (const auto &[id, place] : m_from) {
        if (const NodeItem *item = m_view.canvasScene().nodeItem(id))
            m_to[id] = item->pos();
    }
    m_viewFrom = view;
    m_viewTo = m_view.viewState();
    m_animation.start();
    show(0); // before anything is painted where it will be
}

void Glide::finish()
{
    if (!isRunning())
        return;
    m_animation.stop();
    settle();
}

void Glide::show(double progress)
{
    if (!isRunning())
        return;
    Places places;
    for (const auto &[id, to] : m_to)
        places[id] = m_from[id] + (to - m_from[id]) * progress;
    m_view.canvasScene().previewPositions(places);
    if (m_viewFrom == m_viewTo)
        return;
    ViewState state = m_viewTo;
    state.zoom = m_viewFrom.zoom * std::pow(m_viewTo.zoom / m_viewFrom.zoom, progress);
    state.middle = m_viewFrom.middle + (m_viewTo.middle - m_viewFrom.middle) * progress;
    m_view.setViewState(state);
}

void Glide::settle()
{
    m_view.canvasScene().showDocument();
    if (!(m_viewFrom == m_viewTo))
        m_view.setViewState(m_viewTo);
}

} // namespace netloom
