// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/compare_presenter.h"

#include "canvas/canvas_view.h"
#include "desktop/compare_dialog.h"
#include "document/comparison.h"
#include "panels/compare_panel.h"

#include <QMessageBox>
#include <QTabWidget>

namespace netloom {

ComparePresenter::ComparePresenter(Document &document, CanvasView &canvas, ComparePanel &panel, QTabWidget &side, QWidget *window)
    : QObject(window), m_document(document), m_canvas(canvas), m_panel(panel), m_side(side), m_window(window)
{
    side.setTabVisible(side.indexOf(&panel), false);
    connect(&panel, &ComparePanel::nodeRequested, &canvas, &CanvasView::centerOnNode);
    connect(&panel, &ComparePanel::removedRequested, &canvas, &CanvasView::centerOnRemoved);
    connect(&panel, &ComparePanel::compareRequested, this, &ComparePresenter::askRequested);
    connect(&document.comparison(), &Comparison::changed, this, &ComparePresenter::follow);
}

void ComparePresenter::ask(const std::filesystem::path &runs)
{
    CompareDialog dialog(runs, m_window);
    if (dialog.exec() == QDialog::Accepted)
        compareWith(dialog.chosenPath(), dialog.chosenTitle());
}

bool ComparePresenter::compareWith(const QString &path, const QString &title)
{
    auto loaded = loadProjectOrRun(m_document.registry(), path.toStdString());
    if (!loaded) {
        QMessageBox box(QMessageBox::Warning, tr("Nothing to compare with"), tr("There is nothing to compare with"), QMessageBox::Ok, m_window);
        box.setObjectName("compareFailure");
        box.setInformativeText(QString::fromStdString(loaded.error().text));
        box.exec();
        return false;
    }
    m_document.comparison().start(std::move(loaded->project), title);
    emit begun();
    m_side.setCurrentWidget(&m_panel);
    return true;
}

bool ComparePresenter::isInFront() const
{
    return m_active && m_side.currentWidget() == &m_panel;
}

void ComparePresenter::follow()
{
    const bool active = m_document.comparison().isActive();
    if (active == m_active)
        return;
    m_active = active;
    m_side.setTabVisible(m_side.indexOf(&m_panel), active);
    m_canvas.setFocus();
    emit activeChanged(active);
}

} // namespace netloom
