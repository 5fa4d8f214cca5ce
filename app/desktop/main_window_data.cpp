// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/data_browser.h"
#include "canvas/canvas_view.h"
#include "desktop/data_presenter.h"
#include "desktop/main_window.h"
#include "desktop/preview_presenter.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileInfo>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QUrl>

namespace netloom {

void MainWindow::connectDataBrowser()
{
    QAction *shown = m_commands.action("view.data");
    connect(shown, &QAction::toggled, this, [this](bool on) {
        m_stage->setCurrentWidget(on ? static_cast<QWidget *>(m_browser) : m_rows);
        m_data->setActive(on);
        on ? m_browser->focusPictures() : m_canvas->setFocus();
    });
    onCommand("train.examine", [this, shown] {
        shown->setChecked(true);
        m_browser->showPage(DataBrowser::Page::Doctor);
        m_data->examine();
    });
    connect(m_browser, &DataBrowser::backRequested, shown, [shown] { shown->setChecked(false); });
    connect(m_data, &DataPresenter::messageRequested, this, [this](const QString &text) { statusBar()->showMessage(text, 8000); });
    connect(m_data, &DataPresenter::folderRequested, this,
        [](const QString &file) { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath())); });
    connect(m_data, &DataPresenter::sampleRequested, this, [this, shown](const QString &name, const QString &file) {
        m_commands.action("view.previews")->setChecked(true);
        m_previews->showSample(name, file);
        shown->setChecked(false);
    });
}

} // namespace netloom
