// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/channel_measurement.h"

#include "desktop/data_look.h"
#include "panels/inspector_panel.h"

#include <QProgressDialog>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <cmath>

namespace netloom {

namespace {

constexpr std::int64_t kMostPictures = 5000; ///< enough for three decimals of any data set

} // namespace

ChannelMeasurement::ChannelMeasurement(Document &document, const DataLook &look, InspectorPanel &inspector, QWidget *window)
    : QObject(window), m_document(document), m_look(look), m_window(window)
{
    const QString name = QStringLiteral("measureChannels");
    inspector.addAction({"Normalize", name, tr("Measure from the data"), tr("Sets mean and std to those of the training pictures, as they come here"), "chart"});
    connect(&inspector, &InspectorPanel::actionRequested, this, [this, name](NodeId node, const QString &action) {
        if (action == name)
            start(node);
    });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &ChannelMeasurement::finish);
}

ChannelMeasurement::~ChannelMeasurement()
{
    m_watcher.cancel();
    m_watcher.waitForFinished();
}

void ChannelMeasurement::start(NodeId normalize)
{
    if (m_watcher.isRunning())
        return;
    if (!m_look.source()) {
        emit ended(tr("There are no data to measure yet: choose them in the data source."));
        return;
    }
    m_normalize = normalize;
    const auto promise = std::make_shared<QPromise<Result<ChannelStatistics>>>();
    promise->start();
    m_watcher.setFuture(promise->future());
    m_progress = new QProgressDialog(tr("Measuring the training pictures…"), tr("Cancel"), 0, 100, m_window);
    m_progress->setWindowTitle(tr("Normalize"));
    m_progress->setWindowModality(Qt::WindowModal);
    m_progress->setAttribute(Qt::WA_DeleteOnClose);
    connect(&m_watcher, &QFutureWatcherBase::progressRangeChanged, m_progress, &QProgressDialog::setRange);
    connect(&m_watcher, &QFutureWatcherBase::progressValueChanged, m_progress, &QProgressDialog::setValue);
    connect(m_progress, &QProgressDialog::canceled, &m_watcher, &QFutureWatcherBase::cancel);
    QThreadPool::globalInstance()->start([promise, graph = m_document.graph(), source = m_look.source(), normalize, &registry = m_document.registry()] {
        const auto goOn = [&promise](std::int64_t done, std::int64_t total) {
            promise->setProgressRange(0, int(total));
            promise->setProgressValue(int(done));
            return !promise->isCanceled();
        };
        promise->addResult(measureChannels(graph, registry, *source, normalize, kMostPictures, goOn));
        promise->finish();
    });
}

void ChannelMeasurement::finish()
{
    if (m_progress)
        m_progress->close();
    if (m_watcher.isCanceled() || m_watcher.future().resultCount() == 0)
        return;
    const Result<ChannelStatistics> found = m_watcher.result();
    if (found)
        use(*found);
    else
        emit ended(QString::fromStdString(found.error().text));
}

void ChannelMeasurement::use(const ChannelStatistics &found)
{
    const auto rounded = [](std::vector<double> numbers) {
        for (double &number : numbers)
            number = std::round(number * 1e4) / 1e4;
        return numbers;
    };
    std::vector<double> deviation = rounded(found.deviation);
    for (double &number : deviation)
        number = std::max(number, 1e-4);
    Graph after = m_document.graph();
    if (!after.find(m_normalize))
        return;
    after.setParam(m_normalize, "mean", rounded(found.mean));
    after.setParam(m_normalize, "std", deviation);
    m_document.applyGraph(after, tr("Measure from the data"));
    emit ended(found.samples == 1 ? tr("Measured over 1 training picture.") : tr("Measured over %1 training pictures.").arg(found.samples));
}

} // namespace netloom
