// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

namespace netloom {

/// A number field that shows no more digits than the value has, takes 1e-4, and steps 0.001 → 0.002 → 0.005 → 0.01 (by 0.05 where the
/// whole range is 0..1).
class RealSpinBox : public QDoubleSpinBox {
    Q_OBJECT
public:
    explicit RealSpinBox(QWidget *parent = nullptr);

    void stepBy(int steps) override;
    QString textFromValue(double value) const override;
    double valueFromText(const QString &text) const override;
    QValidator::State validate(QString &text, int &position) const override;
    QSize sizeHint() const override { return {110, QDoubleSpinBox::sizeHint().height()}; }
    QSize minimumSizeHint() const override { return {80, QDoubleSpinBox::minimumSizeHint().height()}; }
};

} // namespace netloom
