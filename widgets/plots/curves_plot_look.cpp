// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/curves_plot.h"

#include "plots/axis_tickers.h"
#include "plots/curve_zoom.h"
#include "plots/epoch_cursor.h"
#include "theme/theme.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

namespace netloom {

void CurvesPlot::arrange()
{
    QCPLayoutGrid *grid = m_plot->plotLayout();
    for (Panel *panel : {&m_loss, &m_score}) {
        for (QCPLayoutElement *element : {static_cast<QCPLayoutElement *>(panel->title), static_cast<QCPLayoutElement *>(panel->rect)}) {
            if (element->layout())
                element->layout()->take(element);
        }
    }
    grid->simplify();
    grid->setRowSpacing(2);
    grid->setColumnSpacing(12);
    if (m_sideBySide) {
        grid->addElement(0, 0, m_loss.title);
        grid->addElement(1, 0, m_loss.rect);
        grid->addElement(0, 1, m_score.title);
        grid->addElement(1, 1, m_score.rect);
        grid->setRowStretchFactor(0, 0.01);
        grid->setRowStretchFactor(1, 1);
    } else {
        grid->addElement(0, 0, m_loss.title);
        grid->addElement(1, 0, m_loss.rect);
        grid->addElement(2, 0, m_score.title);
        grid->addElement(3, 0, m_score.rect);
        for (int row : {0, 2}) {
            grid->setRowStretchFactor(row, 0.01);
            grid->setRowStretchFactor(row + 1, 1);
        }
    }
    replot();
}

void CurvesPlot::stylePanel(Panel &panel)
{
    const Theme &theme = Theme::current();
    panel.title->setFont(themeFont(TextRole::Section));
    panel.title->setTextColor(theme.text);
    const bool strong = theme.kind == ThemeKind::HighContrast;
    panel.title->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
    panel.title->setMargins({10, 4, 0, 2});
    panel.rect->setBackground(Qt::NoBrush);
    panel.rect->setMinimumMargins({44, 6, 8, 24});
    panel.rect->axis(QCPAxis::atTop)->setVisible(false);
    panel.rect->axis(QCPAxis::atRight)->setVisible(false);
    for (QCPAxis *axis : {panel.rect->axis(QCPAxis::atBottom), panel.rect->axis(QCPAxis::atLeft)})
        styleAxis(*axis);
    const QColor train = theme.curveTrain, val = theme.curveVal;
    panel.batches->setPen(QPen(mixed(theme.panel, train, strong ? 0.9 : 0.45), theme.edge + 0.2));
    panel.train->setPen(QPen(train, theme.edge + 1));
    panel.val->setPen(QPen(val, theme.edge + 1));
    panel.best->setPen(QPen(theme.textMuted, 1, Qt::DotLine));
    styleMarks(panel);
}

void CurvesPlot::styleDots(Panel &panel)
{
    constexpr double dot = 7, apart = 10; // pixels
    const double epochWidth = panel.rect->width() / std::max(1.0, panel.rect->axis(QCPAxis::atBottom)->range().size());
    for (QCPGraph *curve : {panel.train, panel.val}) {
        const bool dots = epochWidth >= apart || curve->dataCount() == 1; // one point alone has no line
        curve->setScatterStyle(dots ? QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(Theme::current().panel, 1), QBrush(curve->pen().color()), dot)
                                    : QCPScatterStyle(QCPScatterStyle::ssNone));
    }
}

void CurvesPlot::styleMarks(Panel &panel)
{
    const Theme &theme = Theme::current();
    for (const auto &[line, words] : panel.marks) {
        line->setPen(QPen(theme.textMuted, 1, Qt::DashLine));
        words->setColor(theme.textMuted);
        words->setFont(themeFont(TextRole::Small));
    }
}

void CurvesPlot::styleAll()
{
    m_plot->setBackground(QBrush(Theme::current().panel));
    m_plot->setAntialiasedElements(QCP::aePlottables | QCP::aeScatters);
    stylePanel(m_loss);
    stylePanel(m_score);
    m_cursor->setPen(QPen(Theme::current().borderStrong, 1));
    m_zoom->style();
    if (!m_loss.rect->axis(QCPAxis::atLeft)->ticker().dynamicCast<LossTicker>()) {
        m_loss.rect->axis(QCPAxis::atLeft)->setTicker(QSharedPointer<LossTicker>::create());
        m_loss.rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(4);
        for (Panel *panel : {&m_loss, &m_score})
            panel->rect->axis(QCPAxis::atBottom)->setTicker(QSharedPointer<EpochTicker>::create());
        styleScale();
    }
    replot();
}

void CurvesPlot::styleScale()
{
    QCPAxis *axis = m_score.rect->axis(QCPAxis::atLeft);
    if (m_measure == Score::R2)
        axis->setTicker(QSharedPointer<LossTicker>::create());
    else
        axis->setTicker(QSharedPointer<PercentTicker>::create());
    axis->ticker()->setTickCount(4);
}

/// Up to 1, where all is right. R² has no lower end: below -1 a curve tells only that nothing is learned yet, and would flatten the rest.
void CurvesPlot::rescaleScore(double lowest, double highest)
{
    double low = std::clamp(std::floor(lowest * 10 - 0.1) / 10, 0.0, 0.9);
    if (m_measure == Score::R2 && lowest < 0)
        low = std::max(std::floor(lowest * 10 - 0.1) / 10, std::min(-1.0, highest - 1));
    m_zoom->setWhole(*m_score.rect->axis(QCPAxis::atLeft), {low, 1 + (1 - low) * 0.03});
}

/// Axes that hold every point, unless people have zoomed in: epochs from 0, loss from 0 unless that would flatten the curve, the score up to 1.
void CurvesPlot::rescale()
{
    for (Panel *panel : {&m_loss, &m_score}) {
        double last = m_planned > 0 ? m_planned : 1;
        QCPRange values;
        bool any = false;
        for (const QCPGraph *graph : {panel->batches, panel->train, panel->val}) {
            bool found = false;
            const QCPRange range = graph->data()->valueRange(found);
            if (!found)
                continue;
            if (any)
                values.expand(range);
            else
                values = range;
            any = true;
            last = std::max(last, std::ceil((graph->data()->constEnd() - 1)->key - 1e-9));
        }
        m_zoom->setWhole(*panel->rect->axis(QCPAxis::atBottom), {0, last * 1.02});
        styleDots(*panel);
        if (!any)
            values = {0, 1};
        if (panel == &m_score) {
            rescaleScore(values.lower, values.upper);
        } else {
            const double low = values.lower >= 0 && values.lower < 0.8 * values.upper ? 0 : values.lower - 0.05 * values.size();
            const double high = values.upper + 0.05 * std::max(values.upper - low, 1e-6);
            m_zoom->setWhole(*panel->rect->axis(QCPAxis::atLeft), {low, high > low ? high : low + 1});
        }
    }
}

} // namespace netloom
