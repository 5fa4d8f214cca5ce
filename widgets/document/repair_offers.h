// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject> // first: moc of Qt 6.4 stumbles over <compare> when it comes before

#include "graph/repairs.h"

#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <optional>
#include <vector>

namespace netloom {

class Document;

/// What would mend each issue of the document: found in the background after every change, shown as a preview while somebody points at it,
/// applied as one undo step.
class RepairOffers : public QObject {
    Q_OBJECT
public:
    explicit RepairOffers(Document &document);
    ~RepairOffers() override;

    /// What would mend @p issue, best first; empty until it is found out, and where nothing would.
    const std::vector<Repair> &of(const Issue &issue) const;

    /// The repair that is being previewed.
    const std::optional<Repair> &previewed() const { return m_previewed; }
    /// Shows what the @p index-th repair of @p issue would do; nothing changes in the document.
    void preview(const Issue &issue, std::size_t index);
    void endPreview();
    /// Does it, as one step.
    void apply(const Issue &issue, std::size_t index);

signals:
    void offersChanged(); ///< there are others than before
    void previewChanged();

private:
    struct Offer {
        Issue issue;
        std::vector<Repair> repairs;
    };

    void forget();
    void search();
    void take(int round, std::vector<Offer> offers);
    std::optional<Repair> current(const Issue &issue, std::size_t index) const;

    Document &m_document;
    QTimer m_pause;           ///< after the last change, before the search begins
    Graph m_base;             ///< the graph that the offers mend
    std::vector<Offer> m_offers;
    std::optional<Repair> m_previewed;
    std::atomic<int> m_round = 0; ///< of searches: one that is no longer the last stops
    QThreadPool m_pool;       ///< last: ends before what its thread uses
};

} // namespace netloom
