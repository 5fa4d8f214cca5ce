// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plots/graph_picture.h"
#include "project/templates.h"

#include <QAbstractButton>

namespace netloom {

/// One template in the gallery: a picture, a title and two lines; checkable, one of its group.
class TemplateCard : public QAbstractButton {
    Q_OBJECT
public:
    TemplateCard(const ProjectTemplate &shown, const NodeRegistry &registry, QWidget *parent = nullptr);

    const ProjectTemplate &shown() const { return m_shown; }
    QSize sizeHint() const override;

signals:
    void doubleClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    const ProjectTemplate &m_shown;
    const GraphPicture m_block; ///< empty where the picture is a drawing
};

} // namespace netloom
