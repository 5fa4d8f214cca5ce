// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/preview_window.h"

#include "plots/preview_painting.h"
#include "plots/preview_view.h"
#include "theme/theme.h"

#include <QCloseEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace netloom {

PreviewWindow::PreviewWindow(NodeId node, QWidget *parent)
    : QWidget(parent, Qt::Window), m_node(node), m_name(new QLabel(this)), m_summary(new QLabel(this)), m_view(new PreviewView(this)),
      m_readout(new QLabel(this))
{
    setObjectName(QStringLiteral("previewWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(620, 600);
    setMinimumSize(280, 240);
    m_name->setTextFormat(Qt::PlainText);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setObjectName(QStringLiteral("previewSummary"));
    m_summary->setWordWrap(true);
    m_readout->setObjectName(QStringLiteral("previewReadout"));
    m_readout->setTextFormat(Qt::PlainText);
    m_readout->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setTextRole(m_name, TextRole::Title);
    setTextRole(m_summary, TextRole::Small);
    setTextRole(m_readout, TextRole::Body);
    m_readout->setFixedHeight(m_readout->fontMetrics().height() + 12);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(2);
    for (QLabel *line : {m_name, m_summary, m_readout})
        line->setContentsMargins(12, 0, 12, 0);
    column->addWidget(m_name);
    column->addWidget(m_summary);
    column->addWidget(m_view, 1);
    column->addWidget(m_readout);
    const QString hint = tr("Point at it to read its numbers");
    m_readout->setText(hint);
    connect(m_view, &PreviewView::readoutChanged, this, [this, hint](const QString &readout) { m_readout->setText(readout.isEmpty() ? hint : readout); });
    m_view->setFocus();
}

void PreviewWindow::setNodeName(const QString &name)
{
    m_name->setText(name);
    setWindowTitle(name);
}

void PreviewWindow::setPreview(std::shared_ptr<const NodePreview> preview, std::shared_ptr<const NodeValues> values)
{
    m_summary->setText(preview && preview->kind != NodePreview::Kind::None ? previewSummary(*preview) : QString());
    m_view->setPreview(std::move(preview), std::move(values));
}

void PreviewWindow::closeEvent(QCloseEvent *event)
{
    emit closed(m_node);
    QWidget::closeEvent(event);
}

void PreviewWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace netloom
