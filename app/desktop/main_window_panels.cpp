// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/main_window.h"

#include "browser/data_browser.h"
#include "canvas/canvas_view.h"
#include "desktop/channel_measurement.h"
#include "desktop/compare_presenter.h"
#include "desktop/data_presenter.h"
#include "desktop/preview_presenter.h"
#include "desktop/runs_presenter.h"
#include "desktop/thumbnail_store.h"
#include "desktop/training_presenter.h"
#include "panels/compare_panel.h"
#include "panels/history_panel.h"
#include "panels/inspector_panel.h"
#include "panels/issues_panel.h"
#include "panels/palette_panel.h"
#include "panels/sample_bar.h"
#include "panels/training_panel.h"
#include "runs/runs_view.h"
#include "theme/theme.h"

#include <QAction>
#include <QLabel>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace netloom {

void MainWindow::buildPanels()
{
    const NodeRegistry &registry = m_document.registry();
    m_palette = new PalettePanel(registry, &m_ownBlocks);
    m_canvas = new CanvasView(m_document);
    m_inspector = new InspectorPanel(m_document);
    m_issues = new IssuesPanel(m_document);
    m_history = new HistoryPanel(m_document);
    m_comparePanel = new ComparePanel(m_document);
    m_training = new TrainingPanel(m_document);
    m_presenter = new TrainingPresenter(m_session, *m_training, this);
    m_sampleBar = new SampleBar;
    m_previews = new PreviewPresenter(m_document, *m_canvas, *m_sampleBar, *m_inspector, this);

    m_side = new QTabWidget;
    m_side->setObjectName("sideTabs");
    m_side->setDocumentMode(true);
    m_side->setUsesScrollButtons(false); // wide enough for all its tabs
    m_side->addTab(m_inspector, tr("Inspector"));
    m_side->addTab(m_issues, tr("Issues"));
    m_side->addTab(m_history, tr("History"));
    m_side->addTab(m_comparePanel, tr("Compare"));
    m_compare = new ComparePresenter(m_document, *m_canvas, *m_comparePanel, *m_side, this);

    auto *stage = new QWidget;
    auto *stageRows = new QVBoxLayout(stage);
    stageRows->setContentsMargins(0, 0, 0, 0);
    stageRows->setSpacing(0);
    stageRows->addWidget(m_sampleBar);
    stageRows->addWidget(m_canvas, 1);

    m_columns = new QSplitter(Qt::Horizontal);
    m_columns->addWidget(m_palette);
    m_columns->addWidget(stage);
    m_columns->addWidget(m_side);
    m_columns->setStretchFactor(1, 1);
    m_columns->setSizes({212, 760, 300});

    m_rows = new QSplitter(Qt::Vertical);
    m_rows->addWidget(m_columns);
    m_rows->addWidget(m_training);
    m_rows->setStretchFactor(0, 1);
    m_rows->setSizes({486, 256});
    for (QSplitter *splitter : {m_columns, m_rows}) {
        splitter->setHandleWidth(1);
        splitter->setChildrenCollapsible(false);
    }
    m_thumbnails = new ThumbnailStore(this);
    m_browser = new DataBrowser(*m_thumbnails);
    m_data = new DataPresenter(m_document, *m_browser, *m_thumbnails, this);
    m_stage = new QStackedWidget;
    m_stage->addWidget(m_rows);
    m_stage->addWidget(m_browser);
    m_runs = new RunsView;
    m_runsPresenter = new RunsPresenter(registry, *m_runs, this);
    m_stage->addWidget(m_runs);
    buildSearch();
    buildEvaluation();
    setCentralWidget(m_stage);
    m_canvas->setFocus(); // its keys work at once
    connectPanels();
}

void MainWindow::connectPanels()
{
    connect(m_palette, &PalettePanel::nodeActivated, m_canvas, &CanvasView::insertNode);
    connect(m_issues, &IssuesPanel::nodeRequested, m_canvas, &CanvasView::centerOnNode);
    connect(m_issues, &IssuesPanel::nodeRequested, this, [this] { m_side->setCurrentWidget(m_inspector); });
    connect(m_issues, &IssuesPanel::countsChanged, this, [this](int errors, int warnings) {
        const int count = errors + warnings;
        m_side->setTabText(1, count ? tr("Issues (%1)").arg(count) : tr("Issues"));
        m_side->setTabIcon(1, errors ? themedIcon("error", Theme::current().error)
                : warnings ? themedIcon("warning", Theme::current().warning)
                           : QIcon());
    });
    connect(m_inspector, &InspectorPanel::pathRequested, this, &MainWindow::askForPath);
    connect(m_inspector, &InspectorPanel::browseRequested, this, [this] { m_commands.action("view.data")->setChecked(true); });
    connectPictureSources();
    connectTables();
    const auto *measurement = new ChannelMeasurement(m_document, m_look, *m_inspector, this);
    connect(measurement, &ChannelMeasurement::ended, this, [this](const QString &text) { statusBar()->showMessage(text, 6000); });
    connect(m_training, &TrainingPanel::startRequested, this, [this] { startTraining(); });
    connect(m_training, &TrainingPanel::startWeightsRequested, this, &MainWindow::chooseStartWeights);
    connect(m_canvas, &CanvasView::newFromTemplateRequested, this, [this] { newFromTemplate(); });
    auto *back = new QShortcut(Qt::Key_Escape, m_side, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, m_canvas, [this] { m_canvas->setFocus(Qt::ShortcutFocusReason); });
    connect(m_canvas, &CanvasView::parametersRequested, this, [this] {
        m_commands.action("view.side")->setChecked(true);
        m_side->setCurrentWidget(m_inspector);
        m_inspector->focusParams();
    });
    connect(m_canvas, &CanvasView::openRequested, m_files, &ProjectFiles::open);
    connect(m_canvas, &CanvasView::messageRequested, this, [this](const QString &text) { statusBar()->showMessage(text, 6000); });
}

void MainWindow::buildStatusBar()
{
    m_figures = new QLabel;
    m_figures->setObjectName("figures");
    m_zoom = new QLabel(tr("100 %"));
    m_zoom->setMinimumWidth(m_zoom->fontMetrics().horizontalAdvance("200 %") + 16);
    m_zoom->setContentsMargins(0, 0, 8, 0);
    m_zoom->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setTextRole(m_figures, TextRole::Small);
    setTextRole(m_zoom, TextRole::Small);
    statusBar()->addPermanentWidget(m_figures);
    statusBar()->addPermanentWidget(m_zoom);
    statusBar()->setSizeGripEnabled(false);
    connect(m_canvas, &CanvasView::zoomChanged, this,
        [this](double zoom) { m_zoom->setText(tr("%1 %").arg(qRound(zoom * 100))); });
}

} // namespace netloom
