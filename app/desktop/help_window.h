// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;

namespace netloom {

/// Shows the pages of resources/help inside the program.
class HelpWindow : public QDialog {
    Q_OBJECT
public:
    explicit HelpWindow(QWidget *parent = nullptr);
    /// Shows the page with this file name, without its ending: "quick-start".
    void showPage(const QString &page);

private:
    QListWidget *m_pages = nullptr;
    QTextBrowser *m_text = nullptr;
};

} // namespace netloom
