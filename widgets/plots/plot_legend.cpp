// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/plot_legend.h"

#include "theme/theme.h"

#include <QPainter>

namespace netloom {

PlotLegend::PlotLegend(QWidget *parent) : QWidget(parent)
{
    setFixedHeight(24);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PlotLegend::setBestEpoch(int epoch)
{
    m_best = epoch;
    update();
}

void PlotLegend::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(themeFont(TextRole::Small));
    int x = 12;
    const double y = height() / 2.0;
    const auto entry = [&](const QColor &colour, Qt::PenStyle line, bool dot, const QString &text) {
        painter.setPen(QPen(colour, 2, line, Qt::FlatCap));
        painter.drawLine(QPointF(x, y), QPointF(x + 18, y));
        if (dot) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour);
            painter.drawEllipse(QPointF(x + 9, y), 3, 3);
        }
        painter.setPen(theme.textMuted);
        const int width = painter.fontMetrics().horizontalAdvance(text);
        painter.drawText(QRect(x + 24, 0, width + 2, height()), Qt::AlignVCenter, text);
        x += 24 + width + 18;
    };
    entry(theme.curveTrain, Qt::SolidLine, true, tr("Training"));
    entry(theme.curveVal, Qt::SolidLine, true, tr("Validation"));
    if (m_best > 0)
        entry(theme.textMuted, Qt::DotLine, false, tr("Best epoch %1").arg(m_best));
}

} // namespace netloom
