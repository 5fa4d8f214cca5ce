// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace netloom {

/// Classes with how many samples each has, as tiny bars.
class ClassBars : public QWidget {
    Q_OBJECT
public:
    ClassBars(QStringList names, std::vector<std::int64_t> counts, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QStringList m_names;
    std::vector<std::int64_t> m_counts;
};

} // namespace netloom
