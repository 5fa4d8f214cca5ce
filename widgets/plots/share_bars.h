// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace netloom {

/// Named shares of a whole as bars, the greatest first, with what is left over.
class ShareBars : public QWidget {
    Q_OBJECT
public:
    struct Bar {
        QString name;
        double share = 0; ///< 0 to 1
    };

    explicit ShareBars(QWidget *parent = nullptr);

    /// What is shown while there are no bars.
    void setEmptyText(const QString &heading, const QString &sentence);
    /// @p rest names what the bars leave of the whole; "" for nothing. @p note is written below.
    void setBars(std::vector<Bar> bars, const QString &rest, const QString &note);
    const std::vector<Bar> &bars() const { return m_bars; }

    QSize sizeHint() const override { return {480, 320}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    std::vector<Bar> m_bars; ///< the rest is the last
    bool m_hasRest = false;
    QString m_note, m_heading, m_sentence;
};

} // namespace netloom
