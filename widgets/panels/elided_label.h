// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace netloom {

/// A line of text that ends in "…" where it doesn't fit; with word wrap it is a plain label.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace netloom
