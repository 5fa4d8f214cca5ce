// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "graph/issue.h"
#include "graph/shape.h"

#include <QColor>
#include <QString>

class QLabel;
class QVBoxLayout;
class QWidget;

namespace netloom {

/// "421,642"
QString grouped(std::int64_t number);
/// "421,642" below a million, then "1.23 M", "4.56 G".
QString shortCount(std::int64_t number);
/// "1.6 MB"
QString byteText(std::int64_t bytes);

/// A column of small headed groups, as the inspector shows them.
class FactRows {
public:
    explicit FactRows(QVBoxLayout *column) : m_column(column) {}

    void heading(const QString &text);
    /// A label at the left, a value at the right that can be selected; @p dot colours a mark before the label.
    void row(const QString &label, const QString &value, const QString &toolTip = {}, const QColor &dot = {});
    void text(const QString &text);
    void issue(const Issue &issue);
    /// @p widget, over the whole width.
    void add(QWidget *widget);

private:
    QVBoxLayout *m_column;
};

} // namespace netloom
