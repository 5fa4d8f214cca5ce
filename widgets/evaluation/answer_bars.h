// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

namespace netloom {

/// The most probable classes of one answer as bars, with their probabilities.
class AnswerBars : public QWidget {
    Q_OBJECT
public:
    explicit AnswerBars(QWidget *parent = nullptr);

    struct Bar {
        QString name;
        double probability = 0;
        friend bool operator==(const Bar &, const Bar &) = default;
    };
    /// Keeps the @p top largest of @p probabilities, the largest first. @p answer stands out, -1 for the most probable; @p truth, where it
    /// is a class, is marked.
    void setAnswer(const QStringList &names, const std::vector<double> &probabilities, int answer = -1, int truth = -1, int top = 5);
    /// The same where there may be several: those from @p threshold on stand out, and those of @p truths are marked.
    void setLabels(const QStringList &names, const std::vector<double> &probabilities, const QStringList &truths, double threshold, int top);
    void clear();
    const std::vector<Bar> &bars() const { return m_bars; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {140, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool standsOut(std::size_t index) const;

    std::vector<Bar> m_bars;
    QString m_answer; ///< "" for the most probable
    QStringList m_truths;
    std::optional<double> m_threshold; ///< of several labels
};

} // namespace netloom
