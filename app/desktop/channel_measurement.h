// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/measure_channels.h"
#include "document/document.h"

#include <QFutureWatcher>
#include <QPointer>

class QProgressDialog;

namespace netloom {

class DataLook;
class InspectorPanel;

/// The button "Measure from the data" of Normalize: measures in the background, with a progress window that can cancel, and sets mean and
/// std in one step.
class ChannelMeasurement : public QObject {
    Q_OBJECT
public:
    ChannelMeasurement(Document &document, const DataLook &look, InspectorPanel &inspector, QWidget *window);
    ~ChannelMeasurement() override;

signals:
    /// What was found, or why nothing was.
    void ended(const QString &message);

private:
    void start(NodeId normalize);
    void finish();
    void use(const ChannelStatistics &found);

    Document &m_document;
    const DataLook &m_look;
    QWidget *m_window;
    NodeId m_normalize;
    QFutureWatcher<Result<ChannelStatistics>> m_watcher;
    QPointer<QProgressDialog> m_progress;
};

} // namespace netloom
