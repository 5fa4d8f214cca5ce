// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/fact_rows.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace netloom {

namespace {

/// The coloured mark before a port's name.
class Dot : public QWidget {
public:
    explicit Dot(const QColor &colour) : m_colour(colour) { setFixedSize(10, 16); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_colour);
        painter.drawEllipse(QPointF(4, 8), 3.5, 3.5);
    }

private:
    QColor m_colour;
};

} // namespace

QString grouped(std::int64_t number)
{
    return QLocale(QLocale::English).toString(qlonglong(number));
}

QString shortCount(std::int64_t number)
{
    const double value = double(number);
    if (number < 1'000'000)
        return grouped(number);
    if (number < 1'000'000'000)
        return QString::number(value / 1e6, 'f', 2) + " M";
    return QString::number(value / 1e9, 'f', 2) + " G";
}

QString byteText(std::int64_t bytes)
{
    const double value = double(bytes);
    if (bytes < 1'000'000)
        return QString::number(value / 1e3, 'f', 1) + " kB";
    if (bytes < 1'000'000'000)
        return QString::number(value / 1e6, 'f', 1) + " MB";
    return QString::number(value / 1e9, 'f', 2) + " GB";
}

void FactRows::heading(const QString &text)
{
    if (m_column->count() > 0)
        m_column->addSpacing(12);
    auto *label = new QLabel(text);
    setTextRole(label, TextRole::Section);
    m_column->addWidget(label);
    m_column->addSpacing(2);
}

void FactRows::row(const QString &label, const QString &value, const QString &toolTip, const QColor &dot)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    if (dot.isValid())
        line->addWidget(new Dot(dot));
    auto *name = new QLabel(label);
    setTextRole(name, TextRole::Muted);
    auto *text = new QLabel(value);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    text->setToolTip(toolTip);
    name->setToolTip(toolTip);
    line->addWidget(name);
    line->addWidget(text, 1);
    m_column->addLayout(line);
}

void FactRows::text(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    setTextRole(label, TextRole::Small);
    m_column->addWidget(label);
}

void FactRows::add(QWidget *widget)
{
    m_column->addWidget(widget);
}

void FactRows::issue(const Issue &issue)
{
    const Theme &theme = Theme::current();
    const bool error = issue.severity == Severity::Error, warning = issue.severity == Severity::Warning;
    auto *line = new QHBoxLayout;
    line->setSpacing(Theme::kSpacing);
    auto *icon = new QLabel;
    icon->setPixmap(themedIcon(error ? "error" : warning ? "warning" : "info", error ? theme.error : warning ? theme.warning : theme.textMuted)
                        .pixmap(QSize(16, 16), icon->devicePixelRatioF()));
    icon->setAlignment(Qt::AlignTop);
    icon->setContentsMargins(0, 1, 0, 0);
    auto *text = new QLabel(QString::fromStdString(issue.text));
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->addWidget(icon);
    line->addWidget(text, 1);
    m_column->addLayout(line);
}

} // namespace netloom
