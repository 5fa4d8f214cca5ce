// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/answer_bars.h"

#include "theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kRow = 34;      ///< px
constexpr int kBar = 8;       ///< px

QString percentOf(double probability)
{
    return QString::number(100 * probability, 'f', 1) + QString::fromUtf8(" %");
}

} // namespace

AnswerBars::AnswerBars(QWidget *parent) : QWidget(parent)
{
    setObjectName("answerBars");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void AnswerBars::setAnswer(const QStringList &names, const std::vector<double> &probabilities, int answer, int truth, int top)
{
    setLabels(names, probabilities, truth < 0 ? QStringList() : QStringList{names.value(truth)}, 0, top);
    m_threshold.reset();
    m_answer = answer < 0 ? QString() : names.value(answer);
}

void AnswerBars::setLabels(const QStringList &names, const std::vector<double> &probabilities, const QStringList &truths, double threshold, int top)
{
    m_threshold = threshold;
    m_answer.clear();
    m_bars.clear();
    for (std::size_t label = 0; label < probabilities.size(); ++label)
        m_bars.push_back({names.value(qsizetype(label), QString::number(label)), probabilities[label]});
    std::ranges::stable_sort(m_bars, std::ranges::greater(), &Bar::probability);
    m_bars.resize(std::min(m_bars.size(), std::size_t(top)));
    m_truths = truths;
    QStringList said;
    for (const Bar &bar : m_bars)
        said << bar.name + ' ' + percentOf(bar.probability);
    setAccessibleName(said.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

/// The answer: a class, or every label that is said to be there.
bool AnswerBars::standsOut(std::size_t index) const
{
    if (m_threshold)
        return m_bars[index].probability >= *m_threshold;
    return m_answer.isEmpty() ? index == 0 : m_bars[index].name == m_answer;
}

void AnswerBars::clear()
{
    setAnswer({}, {});
}

QSize AnswerBars::sizeHint() const
{
    return {200, kRow * int(m_bars.size())};
}

void AnswerBars::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t index = 0; index < m_bars.size(); ++index) {
        const Bar &bar = m_bars[index];
        const QRect row(0, int(index) * kRow, width(), kRow);
        painter.setFont(themeFont(standsOut(index) ? TextRole::Section : TextRole::Body));
        const QString percent = percentOf(bar.probability);
        const int room = width() - painter.fontMetrics().horizontalAdvance(percent) - 8;
        painter.setPen(m_truths.contains(bar.name) ? theme.success : theme.text);
        painter.drawText(row.adjusted(0, 0, room - width(), -kBar - 4), Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(bar.name, Qt::ElideRight, room));
        painter.setPen(theme.text);
        painter.drawText(row.adjusted(0, 0, 0, -kBar - 4), Qt::AlignRight | Qt::AlignVCenter, percent);
        const QRectF track(0, row.bottom() - kBar - 3, width(), kBar);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.border);
        painter.drawRoundedRect(track, kBar / 2.0, kBar / 2.0);
        painter.setBrush(standsOut(index) ? theme.accent : mixed(theme.border, theme.accent, 0.6));
        if (const double length = track.width() * std::clamp(bar.probability, 0.0, 1.0); length >= 1)
            painter.drawRoundedRect(QRectF(track.left(), track.top(), std::max(length, double(kBar)), track.height()), kBar / 2.0, kBar / 2.0);
    }
}

} // namespace netloom
