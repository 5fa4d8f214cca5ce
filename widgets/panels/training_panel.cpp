// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/training_panel.h"

#include "panels/param_form.h"
#include "plots/curves_plot.h"
#include "plots/schedule_plot.h"
#include "theme/theme.h"
#include "theme/view_parts.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace netloom {

QString timeLeftText(double seconds)
{
    if (!std::isfinite(seconds) || seconds <= 0)
        return {};
    if (seconds < 10)
        return TrainingPanel::tr("a few seconds left");
    if (seconds < 90)
        return TrainingPanel::tr("about %1 s left").arg(int(std::lround(seconds / 5)) * 5);
    if (seconds < 90 * 60)
        return TrainingPanel::tr("about %1 min left").arg(int(std::lround(seconds / 60)));
    return TrainingPanel::tr("about %1 h left").arg(seconds / 3600, 0, 'f', 1);
}

TrainingPanel::TrainingPanel(Document &document, QWidget *parent) : QWidget(parent), m_document(document)
{
    setObjectName("training");
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTopBar());
    column->addWidget(edgeLine());
    column->addWidget(makeOffer());
    makeViews();
    column->addWidget(m_split, 1);
    m_split->setMinimumHeight(120);
    arrange();
    connect(&m_document, &Document::recipeChanged, this, &TrainingPanel::refreshRecipe);
    connect(&m_document, &Document::projectReset, this, [this] {
        refreshRecipe();
        if (!active()) {
            clearResults();
            setState(State::Idle);
        }
    });
    connect(&m_document, &Document::inferenceChanged, this, &TrainingPanel::refreshState);
    connect(&m_document, &Document::factsChanged, this, [this] {
        refreshSchedule();
        if (!active() && m_curves->isEmpty())
            clearResults();
    });
    refreshRecipe();
    clearResults();
    refreshState();
}

TrainingPanel::~TrainingPanel()
{
    m_recipe->disconnect(this); // a field that loses the focus as it goes would still report here
}

bool TrainingPanel::active() const
{
    return m_state == State::Preparing || m_state == State::Running || m_state == State::Paused || m_state == State::Stopping;
}

QString TrainingPanel::reasonNotToStart() const
{
    const Issues &issues = m_document.inference().issues;
    if (m_document.graph().empty())
        return tr("The canvas is empty: add data, layers and a loss, or start from a template.");
    const auto errors = std::ranges::count(issues, Severity::Error, &Issue::severity);
    if (errors == 0)
        return {};
    const QString first = QString::fromStdString(std::ranges::find(issues, Severity::Error, &Issue::severity)->text);
    return errors == 1 ? first : tr("%1 (and %2 more)").arg(first).arg(errors - 1);
}

void TrainingPanel::refreshRecipe()
{
    m_recipe->setValues(m_document.recipe());
    refreshSchedule();
}

void TrainingPanel::refreshSchedule()
{
    const Params &recipe = m_document.recipe();
    const SourceFacts &facts = m_document.facts();
    const std::int64_t size = std::max<std::int64_t>(1, recipe.integer("batch_size"));
    const std::int64_t samples = facts.known ? facts.total("train") : 0;
    m_schedule->setRecipe(recipe, recipe.flag("drop_last") && samples >= size ? samples / size : (samples + size - 1) / size);
    m_schedule->setVisible(!m_schedule->isFlat());
}

void TrainingPanel::editRecipe(const QString &name, const ParamValue &value, bool continues)
{
    if (!continues)
        ++m_gesture;
    if (!m_document.setRecipe(name.toStdString(), value, m_gesture))
        refreshRecipe();
}

void TrainingPanel::showStatus(const QString &status, const QString &detail, bool failed)
{
    m_status->setText(status);
    m_status->setVisible(!status.isEmpty());
    setTextRole(m_detail, failed ? TextRole::Error : TextRole::Small);
    m_detail->setFont(themeFont(TextRole::Small));
    m_detail->setWordWrap(failed);
    m_detail->setText(detail);
    m_detail->setToolTip(failed ? detail : QString());
}

void TrainingPanel::refreshState()
{
    const QString reason = reasonNotToStart();
    const bool running = m_state == State::Running || m_state == State::Paused;
    m_start->setEnabled(!active() && reason.isEmpty());
    m_repeat->setEnabled(m_start->isEnabled());
    m_start->setToolTip(active() ? tr("Training is under way") : reason);
    m_start->setText(m_state == State::Done || m_state == State::Failed ? tr("Train again") : tr("Start training"));
    m_pause->setEnabled(running);
    m_pause->setText(m_state == State::Paused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(themedIcon(m_state == State::Paused ? "play" : "pause"));
    m_stop->setEnabled(running || m_state == State::Preparing);
    setPrimary(m_start, !active());
    setPrimary(m_pause, m_state == State::Paused);
    switch (m_state) {
    case State::Idle:
        if (reason.isEmpty() && m_message.isEmpty()) {
            showStatus(tr("Ready to train"), m_forecast, m_forecastWarns);
            m_detail->setToolTip(m_forecastDetails);
        } else if (reason.isEmpty())
            showStatus(tr("Ready to train"), m_message);
        else
            showStatus({}, reason, !m_document.graph().empty());
        break;
    case State::Preparing: showStatus(tr("Preparing"), m_message.isEmpty() ? tr("reading the data") : m_message); break;
    case State::Running: break; // addBatch() tells
    case State::Paused:
        if (m_message.isEmpty())
            m_status->setText(tr("Paused"));
        else
            showStatus(tr("Paused"), m_message, true);
        break;
    case State::Stopping: showStatus(tr("Stopping"), m_message.isEmpty() ? tr("after this batch; what was learned is kept") : m_message); break;
    case State::Done: showStatus(tr("Done"), m_message); break;
    case State::Failed: showStatus({}, m_message.isEmpty() ? tr("Training failed.") : m_message, true); break;
    }
}

void TrainingPanel::setForecast(const QString &text, const QString &toolTip, bool warning)
{
    m_forecast = text;
    m_forecastDetails = toolTip;
    m_forecastWarns = warning;
    if (m_state == State::Idle)
        refreshState();
}

void TrainingPanel::setState(State state, const QString &message)
{
    const bool changed = m_state != state;
    m_state = state;
    if (state == State::Preparing) { // what they would open is another run's
        m_report->hide();
        m_folder->hide();
    }
    m_message = message;
    if (state == State::Preparing || (state == State::Stopping && m_bar->maximum() == 0))
        m_bar->setRange(0, 0);
    else if (m_bar->maximum() == 0)
        m_bar->setRange(0, 1000);
    if (state == State::Done)
        m_bar->setValue(1000);
    else if (state == State::Idle || (state == State::Preparing && changed))
        m_bar->setValue(0);
    if (state == State::Running && changed && !message.isEmpty())
        showStatus(tr("Training"), message);
    else if (state == State::Running && changed && m_status->text() != tr("Paused"))
        showStatus(tr("Training"), {});
    refreshState();
}

void TrainingPanel::setProgress(double fraction, const QString &text)
{
    if (fraction < 0) {
        m_bar->setRange(0, 0);
    } else {
        m_bar->setRange(0, 1000);
        m_bar->setValue(int(std::lround(1000 * std::clamp(fraction, 0.0, 1.0))));
    }
    m_message = text;
    m_detail->setText(text);
}

} // namespace netloom
