// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/training_forecast.h"

#include "desktop/training_session.h"
#include "panels/training_panel.h"
#include "run/estimate.h"

#include <cmath>

namespace netloom {

namespace {

constexpr int kQuiet = 300; ///< ms

/// "about 40 s", "about 3 min": in steps that a rough estimate can tell apart.
QString aboutText(double seconds)
{
    if (seconds < 10)
        return TrainingForecast::tr("a few seconds");
    if (seconds < 90)
        return TrainingForecast::tr("about %1 s").arg(int(std::lround(seconds / 10)) * 10);
    if (seconds < 90 * 60)
        return TrainingForecast::tr("about %1 min").arg(int(std::lround(seconds / 60)));
    return TrainingForecast::tr("about %1 h").arg(seconds / 3600, 0, 'f', seconds < 36000 ? 1 : 0);
}

QString sizeText(double bytes)
{
    return QString::fromStdString(bytesText(bytes));
}

} // namespace

TrainingForecast::TrainingForecast(Document &document, TrainingSession &session, TrainingPanel &panel, std::function<std::filesystem::path()> folder)
    : QObject(&panel), m_document(document), m_panel(panel), m_folder(std::move(folder))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kQuiet);
    connect(&m_timer, &QTimer::timeout, this, &TrainingForecast::refresh);
    const auto later = [this] { m_timer.start(); };
    connect(&document, &Document::inferenceChanged, this, later);
    connect(&document, &Document::factsChanged, this, later);
    connect(&document, &Document::recipeChanged, this, later);
    connect(&session, &TrainingSession::ended, this, later);
}

void TrainingForecast::refresh()
{
    const Inference &inference = m_document.inference();
    if (hasErrors(inference.issues) || !m_document.facts().known || inference.parameters() == 0) {
        m_panel.setForecast({}, {});
        return;
    }
    const std::filesystem::path folder = m_folder();
    if (const std::string lack = lackOfDisk(inference, folder); !lack.empty()) {
        m_panel.setForecast(QString::fromStdString(lack), QString::fromStdString(lack), true);
        return;
    }
    const TrainPlan plan{m_document.graph(), m_document.recipe(), m_document.facts()};
    const TrainingEstimate estimate = estimateTraining(m_document.registry(), plan, inference, folder);
    const QString time = aboutText(estimate.seconds);
    const QString words = tr("%1 · %2 memory · %3 disk").arg(time, sizeText(estimate.memoryBytes), sizeText(estimate.diskBytes));
    const QString why = estimate.measured ? tr("from the last training of this network on this machine")
                                          : tr("guessed from the network's size: it may be wrong by a few times until it was trained once");
    m_panel.setForecast(words,
        tr("Training takes %1 (%2).\nMemory %3, disk up to %4 of %5 free.")
            .arg(time, why, sizeText(estimate.memoryBytes), sizeText(estimate.diskBytes), sizeText(estimate.freeDiskBytes)));
}

} // namespace netloom
