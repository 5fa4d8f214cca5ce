// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/repair_offers.h"

#include "document/document.h"

#include <algorithm>

namespace netloom {

namespace {

constexpr int kPause = 60;               ///< ms without a change
constexpr std::size_t kMostIssues = 100; ///< for which repairs are looked for

} // namespace

RepairOffers::RepairOffers(Document &document) : QObject(&document), m_document(document)
{
    m_pool.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &RepairOffers::search);
    connect(&document, &Document::inferenceChanged, this, &RepairOffers::forget);
    connect(&document, &Document::nodeMoved, this, &RepairOffers::endPreview);
}

RepairOffers::~RepairOffers()
{
    ++m_round;
    m_pool.waitForDone();
}

const std::vector<Repair> &RepairOffers::of(const Issue &issue) const
{
    static const std::vector<Repair> none;
    const auto found = std::ranges::find(m_offers, issue, &Offer::issue);
    return found == m_offers.end() ? none : found->repairs;
}

void RepairOffers::forget()
{
    ++m_round;
    endPreview();
    // What is still wrong in the same words keeps its offers until new ones come, so that buttons don't flicker.
    std::erase_if(m_offers, [this](const Offer &offer) {
        return std::ranges::find(m_document.inference().issues, offer.issue) == m_document.inference().issues.end();
    });
    m_pause.start();
}

void RepairOffers::search()
{
    const int round = ++m_round;
    const Issues &issues = m_document.inference().issues;
    const std::vector<Issue> first(issues.begin(), issues.begin() + static_cast<std::ptrdiff_t>(std::min(issues.size(), kMostIssues)));
    const auto work = [this, round, first, graph = m_document.graph(), &registry = m_document.registry(), facts = m_document.facts(),
                          budget = m_document.memoryBudget()] {
        std::vector<Offer> offers;
        for (const Issue &issue : first) {
            if (m_round != round)
                return;
            offers.push_back({issue, repairsFor(graph, registry, facts, issue, budget)});
        }
        QMetaObject::invokeMethod(this, [this, round, offers = std::move(offers)]() mutable { take(round, std::move(offers)); }, Qt::QueuedConnection);
    };
    m_base = m_document.graph();
    m_pool.start(work);
}

void RepairOffers::take(int round, std::vector<Offer> offers)
{
    if (round != m_round)
        return;
    m_offers = std::move(offers);
    emit offersChanged();
}

std::optional<Repair> RepairOffers::current(const Issue &issue, std::size_t index) const
{
    const auto &offered = of(issue);
    if (index >= offered.size())
        return std::nullopt;
    if (m_base == m_document.graph())
        return offered[index];
    // Cards were moved meanwhile: the same repair of the graph as it lies now.
    for (Repair &repair : repairsFor(m_document.graph(), m_document.registry(), m_document.facts(), issue, m_document.memoryBudget())) {
        if (repair.text == offered[index].text)
            return std::move(repair);
    }
    return std::nullopt;
}

void RepairOffers::preview(const Issue &issue, std::size_t index)
{
    m_previewed = current(issue, index);
    emit previewChanged();
}

void RepairOffers::endPreview()
{
    if (!m_previewed)
        return;
    m_previewed.reset();
    emit previewChanged();
}

void RepairOffers::apply(const Issue &issue, std::size_t index)
{
    auto repair = current(issue, index);
    endPreview();
    if (repair)
        m_document.applyGraph(repair->graph, QString::fromStdString(repair->text));
}

} // namespace netloom
