// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/real_spin_box.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

/// The next number of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... beyond @p value.
double nextNice(double value, bool up)
{
    constexpr double kSmallest = 1e-6;
    if (value < kSmallest * (1 - 1e-9))
        return up ? kSmallest : 0;
    const double decade = std::pow(10, std::floor(std::log10(value) + 1e-9));
    const double digit = value / decade;
    constexpr double kSlack = 1e-6;
    if (up)
        return decade * (digit < 2 - kSlack ? 2 : digit < 5 - kSlack ? 5 : 10);
    const double lower = decade * (digit > 5 + kSlack ? 5 : digit > 2 + kSlack ? 2 : digit > 1 + kSlack ? 1 : 0.5);
    return lower < kSmallest ? 0 : lower;
}

} // namespace

RealSpinBox::RealSpinBox(QWidget *parent) : QDoubleSpinBox(parent)
{
    setDecimals(12);
    setLocale(QLocale::c());
}

void RealSpinBox::stepBy(int steps)
{
    const bool share = maximum() - minimum() <= 1;
    double now = value();
    for (int step = 0; step < std::abs(steps); ++step) {
        if (share)
            now = std::round((now + (steps > 0 ? 0.05 : -0.05)) * 1e6) / 1e6;
        else
            now = now < 0 || (now == 0 && steps < 0) ? -nextNice(-now, steps < 0) : nextNice(now, steps > 0);
    }
    setValue(std::clamp(now, minimum(), maximum()));
    selectAll();
}

QString RealSpinBox::textFromValue(double value) const
{
    if (value != 0 && std::abs(value) < 1e-6)
        return QString::number(value, 'g', 6);
    QString text = QString::number(value, 'f', 10);
    while (text.endsWith('0'))
        text.chop(1);
    if (text.endsWith('.'))
        text.chop(1);
    return text == "-0" ? "0" : text;
}

double RealSpinBox::valueFromText(const QString &text) const
{
    QString plain = text;
    if (!suffix().isEmpty() && plain.endsWith(suffix()))
        plain.chop(suffix().size());
    return QLocale::c().toDouble(plain.trimmed().replace(',', '.'));
}

QValidator::State RealSpinBox::validate(QString &text, int &) const
{
    static const QRegularExpression kUnfinished("^[+-]?[0-9]*[.,]?[0-9]*([eE][+-]?[0-9]*)?$");
    QString plain = text;
    if (!suffix().isEmpty() && plain.endsWith(suffix()))
        plain.chop(suffix().size());
    plain = plain.trimmed();
    bool ok = false;
    const double number = QLocale::c().toDouble(QString(plain).replace(',', '.'), &ok);
    if (ok && std::isfinite(number))
        return number >= minimum() && number <= maximum() ? QValidator::Acceptable : QValidator::Intermediate;
    return kUnfinished.match(plain).hasMatch() ? QValidator::Intermediate : QValidator::Invalid;
}

} // namespace netloom
