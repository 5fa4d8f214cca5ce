// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QString>

#include <cmath>
#include <optional>

namespace netloom::test {

/// Works out a formula of an explanation, "⌊(28 + 2·1 − 3)/1⌋ + 1", in real numbers; words are skipped.
class Formula {
public:
    static std::optional<double> value(QString text)
    {
        static const QRegularExpression words("[A-Za-z]+");
        Formula formula(text.remove(words).remove(' '));
        const double value = formula.sum();
        return formula.m_bad || formula.m_at != formula.m_text.size() ? std::nullopt : std::optional(value);
    }

private:
    explicit Formula(QString text) : m_text(std::move(text)) {}

    QChar peek() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    bool take(const char16_t sign)
    {
        const bool is = peek() == QChar(sign);
        m_at += is;
        return is;
    }

    double sum()
    {
        double value = product();
        while (true) {
            if (take(u'+'))
                value += product();
            else if (take(u'−'))
                value -= product();
            else
                return value;
        }
    }

    double product()
    {
        double value = factor();
        while (true) {
            if (take(u'·'))
                value *= factor();
            else if (take(u'/'))
                value /= factor();
            else
                return value;
        }
    }

    double factor()
    {
        if (take(u'('))
            return closed(sum(), u')');
        if (take(u'⌊'))
            return std::floor(closed(sum(), u'⌋'));
        if (take(u'⌈'))
            return std::ceil(closed(sum(), u'⌉'));
        QString digits;
        while (peek().isDigit())
            digits += m_text[m_at++];
        m_bad |= digits.isEmpty();
        return digits.toDouble();
    }

    double closed(double value, char16_t sign)
    {
        m_bad |= !take(sign);
        return value;
    }

    QString m_text;
    qsizetype m_at = 0;
    bool m_bad = false;
};

} // namespace netloom::test
