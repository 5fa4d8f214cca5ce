// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/preview_presenter.h"

#include "canvas/canvas_view.h"
#include "panels/inspector_panel.h"
#include "panels/sample_bar.h"
#include "plots/preview_view.h"
#include "plots/preview_window.h"

#include <QFileDialog>
#include <QStandardPaths>

namespace netloom {

namespace {

constexpr std::chrono::milliseconds kGreyAfter{120};
constexpr int kDraws = 5; ///< of a random transform, side by side

} // namespace

PreviewPresenter::PreviewPresenter(Document &document, CanvasView &canvas, SampleBar &bar, InspectorPanel &inspector, QWidget *window)
    : QObject(window), m_document(document), m_canvas(canvas), m_bar(bar), m_inspector(inspector), m_window(window),
      m_session(document.registry())
{
    for (QTimer *timer : {&m_askTimer, &m_staleTimer})
        timer->setSingleShot(true);
    m_staleTimer.setInterval(kGreyAfter);
    connect(&m_askTimer, &QTimer::timeout, this, &PreviewPresenter::ask);
    connect(&m_staleTimer, &QTimer::timeout, this, &PreviewPresenter::greyWhatIsOld);
    connect(&m_session, &PreviewSession::updated, this, &PreviewPresenter::show);
    connect(&document, &Document::inferenceChanged, &m_askTimer, qOverload<>(&QTimer::start));
    connect(&document, &Document::projectReset, this, &PreviewPresenter::reset);
    connect(&document, &Document::nodeRemoved, this, &PreviewPresenter::closeLarge);
    connect(&document, &Document::nodeChanged, this, [this](NodeId node) {
        if (const auto large = m_large.find(node); large != m_large.end())
            large->second.window->setNodeName(QString::fromStdString(m_document.graph().find(node)->name));
    });
    connect(&canvas, &CanvasView::previewActivated, this, &PreviewPresenter::enlarge);
    connect(&bar, &SampleBar::stepRequested, this, &PreviewPresenter::step);
    connect(&bar, &SampleBar::randomRequested, this, &PreviewPresenter::random);
    connect(&bar, &SampleBar::splitRequested, this, &PreviewPresenter::setSplit);
    connect(&bar, &SampleBar::pictureRequested, this, &PreviewPresenter::askForPicture);
    connect(&bar, &SampleBar::trainingToggled, this, &PreviewPresenter::setTraining);
    connect(&bar, &SampleBar::againRequested, this, &PreviewPresenter::drawAgain);
    connect(&inspector, &InspectorPanel::againRequested, this, &PreviewPresenter::drawAgain);
    connect(&document, &Document::selectionChanged, this, [this] {
        if (comparedTransform().valid())
            m_askTimer.start();
    });
    bar.hide();
}

void PreviewPresenter::reset()
{
    m_weights.clear();
    m_trainingIsOurs = false;
    m_cursor = {};
    while (!m_large.empty())
        closeLarge(m_large.begin()->first);
    sampleChanged();
}

void PreviewPresenter::setShown(bool shown)
{
    if (m_shown == shown)
        return;
    m_shown = shown;
    m_bar.setVisible(shown);
    m_canvas.setPreviewsShown(shown);
    if (shown) {
        m_askTimer.start();
        return;
    }
    m_askTimer.stop();
    m_staleTimer.stop();
    while (!m_large.empty())
        closeLarge(m_large.begin()->first);
    m_session.clear();
}

void PreviewPresenter::setSource(std::shared_ptr<const DataSource> source)
{
    m_cursor.setSource(std::move(source));
    sampleChanged();
}

void PreviewPresenter::showFile(const QString &file)
{
    m_cursor.setFile(file.toStdString());
    sampleChanged();
}

void PreviewPresenter::showSample(const QString &name, const QString &file)
{
    if (!m_cursor.setSample(name.toStdString()) && !file.isEmpty())
        m_cursor.setFile(file.toStdString());
    sampleChanged();
}

void PreviewPresenter::step(int by)
{
    m_cursor.step(by);
    sampleChanged();
}

void PreviewPresenter::random()
{
    m_cursor.random();
    sampleChanged();
}

void PreviewPresenter::setSplit(Split split)
{
    m_cursor.setSplit(split);
    sampleChanged();
}

void PreviewPresenter::askForPicture()
{
    const QString start = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    const QString file = QFileDialog::getOpenFileName(m_window, tr("Choose a picture"), start,
        tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.ppm *.pgm);;All files (*)"));
    if (!file.isEmpty())
        showFile(file);
}

void PreviewPresenter::setTraining(bool training)
{
    m_training = training;
    m_askTimer.start();
}

void PreviewPresenter::drawAgain()
{
    ++m_draw;
    m_askTimer.start();
}

/// The one selected node where it is a transform.
NodeId PreviewPresenter::comparedTransform() const
{
    const std::set<NodeId> &selected = m_document.selectedNodes();
    const Node *node = selected.size() == 1 ? m_document.graph().find(*selected.begin()) : nullptr;
    const NodeSpec *spec = node ? m_document.registry().find(node->type) : nullptr;
    return spec && spec->isTransform() ? node->id : NodeId();
}

void PreviewPresenter::sampleChanged()
{
    std::map<Split, std::int64_t> counts;
    for (const Split split : kAllSplits)
        counts[split] = m_cursor.count(split);
    m_bar.setSplits(counts, m_cursor.split());
    m_bar.setSample(QString::fromStdString(m_cursor.name()), QString::fromStdString(m_cursor.className()));
    m_askTimer.start();
}

void PreviewPresenter::trainingStarted()
{
    m_trainingIsOurs = true;
}

void PreviewPresenter::trainingEnded(const std::filesystem::path &folder)
{
    std::error_code error;
    const std::filesystem::path weights = folder / "weights.safetensors";
    if (!std::exchange(m_trainingIsOurs, false) || !std::filesystem::exists(weights, error))
        return;
    m_weights = weights;
    m_askTimer.start();
}

void PreviewPresenter::ask()
{
    if (!m_shown)
        return;
    PreviewRequest request{m_document.graph(), m_document.facts(), m_cursor.sample(), m_weights, {}, m_training ? m_draw : 0,
        comparedTransform(), kDraws, m_draw};
    for (const auto &[node, large] : m_large)
        request.watched.insert(node);
    m_revision = m_session.request(std::move(request));
    m_fresh.clear();
    if (!m_staleTimer.isActive())
        m_staleTimer.start();
}

void PreviewPresenter::show(const PreviewUpdate &update)
{
    if (!m_shown)
        return;
    for (const auto &[node, values] : update.values) {
        if (const auto large = m_large.find(node); large != m_large.end())
            large->second.values = values;
    }
    const NodeId source = findPipeline(m_document.graph(), m_document.registry()).source;
    for (const auto &[node, preview] : update.previews) {
        if (!m_document.graph().find(node))
            continue;
        if (update.revision == m_revision)
            m_fresh.insert(node);
        m_canvas.canvasScene().setPreview(node, preview);
        showLarge(node, preview);
        if (node == source)
            m_bar.setPicture(preview);
    }
    if (update.complete && update.revision == m_revision)
        finish(update);
}

void PreviewPresenter::showLarge(NodeId node, const std::shared_ptr<const NodePreview> &preview)
{
    const auto large = m_large.find(node);
    if (large == m_large.end())
        return;
    const bool none = preview->kind == NodePreview::Kind::None;
    large->second.window->setPreview(preview, none ? nullptr : large->second.values);
}

void PreviewPresenter::finish(const PreviewUpdate &update)
{
    m_staleTimer.stop();
    if (update.draws)
        m_inspector.setDraws(update.draws->node, update.draws->before, update.draws->after, update.draws->isRandom);
    if (!findPipeline(m_document.graph(), m_document.registry()).source.valid())
        m_bar.setPicture(nullptr);
    for (const auto &[node, unused] : m_document.graph().nodes()) {
        if (!m_fresh.contains(node)) // in a cycle
            m_canvas.canvasScene().setPreview(node, nullptr);
    }
    if (update.weightedLayers == 0)
        m_bar.setWeightsNote({});
    else if (update.trainedLayers == 0)
        m_bar.setWeightsNote(tr("untrained weights"));
    else if (update.trainedLayers == update.weightedLayers)
        m_bar.setWeightsNote(tr("trained weights"));
    else
        m_bar.setWeightsNote(tr("%1 of %2 layers trained").arg(update.trainedLayers).arg(update.weightedLayers));
    emit refreshed();
}

void PreviewPresenter::greyWhatIsOld()
{
    for (const auto &[node, unused] : m_document.graph().nodes()) {
        if (m_fresh.contains(node))
            continue;
        m_canvas.canvasScene().markPreviewStale(node);
        if (const auto large = m_large.find(node); large != m_large.end())
            large->second.window->view()->setStale();
    }
}

void PreviewPresenter::enlarge(NodeId node)
{
    const Node *shown = m_document.graph().find(node);
    if (!m_shown || !shown)
        return;
    Large &large = m_large[node];
    if (!large.window) {
        large.window = new PreviewWindow(node, m_window);
        large.window->setNodeName(QString::fromStdString(shown->name));
        connect(large.window, &PreviewWindow::closed, this, [this](NodeId closed) { m_large.erase(closed); });
        m_askTimer.start();
    }
    large.window->show();
    large.window->raise();
    large.window->activateWindow();
}

void PreviewPresenter::closeLarge(NodeId node)
{
    if (const auto large = m_large.find(node); large != m_large.end())
        large->second.window->close(); // takes it out of the list
}

} // namespace netloom
