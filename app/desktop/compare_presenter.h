// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QObject>

#include <filesystem>

class QTabWidget;

namespace netloom {

class CanvasView;
class ComparePanel;

/// Joins the document's comparison with the files it reads, its tab beside the inspector and the canvas.
class ComparePresenter : public QObject {
    Q_OBJECT
public:
    /// @p panel is a tab of @p side, shown as long as there is a comparison.
    ComparePresenter(Document &document, CanvasView &canvas, ComparePanel &panel, QTabWidget &side, QWidget *window);

    /// Asks what to compare with; @p runs holds the folders of the project's runs.
    void ask(const std::filesystem::path &runs);
    /// A project's file or a run's folder. False where it couldn't be read, and people were told why.
    bool compareWith(const QString &path, const QString &title);
    /// Whether the comparison's tab is the one that is seen.
    bool isInFront() const;

signals:
    void askRequested();
    void begun();
    void activeChanged(bool active);

private:
    void follow();

    Document &m_document;
    CanvasView &m_canvas;
    ComparePanel &m_panel;
    QTabWidget &m_side;
    QWidget *m_window;
    bool m_active = false;
};

} // namespace netloom
