// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/help_window.h"

#include <QFile>
#include <QHBoxLayout>
#include <QListWidget>
#include <QTextBrowser>

namespace netloom {

HelpWindow::HelpWindow(QWidget *parent) : QDialog(parent)
{
    setObjectName("help");
    setWindowTitle(tr("Help"));
    resize(860, 620);

    m_pages = new QListWidget;
    m_pages->setFixedWidth(200);
    m_text = new QTextBrowser;
    m_text->setOpenExternalLinks(true);
    m_text->document()->setDocumentMargin(20);

    const std::pair<QString, QString> pages[] = {
        {"quick-start", tr("Quick start")},
        {"data", tr("Your own pictures")},
        {"canvas", tr("The canvas and its keys")},
        {"training", tr("Training")},
        {"evaluation", tr("Judging a run")},
        {"runs", tr("Runs")},
        {"search", tr("Searching for the best values")},
    };
    for (const auto &[file, title] : pages) {
        auto *item = new QListWidgetItem(title, m_pages);
        item->setData(Qt::UserRole, file);
    }
    connect(m_pages, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        QFile file(":/help/" + item->data(Qt::UserRole).toString() + ".md");
        if (file.open(QIODevice::ReadOnly))
            m_text->setMarkdown(QString::fromUtf8(file.readAll()));
    });

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(12);
    row->addWidget(m_pages);
    row->addWidget(m_text, 1);
    m_pages->setCurrentRow(0);
}

void HelpWindow::showPage(const QString &page)
{
    for (int row = 0; row < m_pages->count(); ++row) {
        if (m_pages->item(row)->data(Qt::UserRole).toString() == page)
            m_pages->setCurrentRow(row);
    }
}

} // namespace netloom
