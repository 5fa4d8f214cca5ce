// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/preview_session.h"
#include "desktop/sample_cursor.h"
#include "document/document.h"

#include <QTimer>

namespace netloom {

class CanvasView;
class InspectorPanel;
class PreviewWindow;
class SampleBar;

/// Keeps what comes out of every node in step with the document: asks the session after every edit and shows its answers on the
/// cards and in large windows. Joins the sample bar with the data.
class PreviewPresenter : public QObject {
    Q_OBJECT
public:
    PreviewPresenter(Document &document, CanvasView &canvas, SampleBar &bar, InspectorPanel &inspector, QWidget *window);

    bool isShown() const { return m_shown; }
    void setShown(bool shown);
    /// The data that samples are taken from, open; nullptr for none.
    void setSource(std::shared_ptr<const DataSource> source);
    /// Makes a picture file the sample.
    void showFile(const QString &file);
    /// Makes the sample of this name the sample; where the data leave it out, its file.
    void showSample(const QString &name, const QString &file);
    const SampleCursor &cursor() const { return m_cursor; }

    /// A training of the document as it is begins, and has ended with its run in @p folder: its weights are then used where they fit.
    void trainingStarted();
    void trainingEnded(const std::filesystem::path &folder);

public slots:
    void step(int by);
    void random();
    void setSplit(netloom::Split split);
    void askForPicture();
    /// Whether random transforms draw as in training.
    void setTraining(bool training);
    /// Other draws of the random transforms.
    void drawAgain();
    /// Shows what comes out of @p node in a window of its own, which follows later edits.
    void enlarge(netloom::NodeId node);

signals:
    /// Every card shows what the document as it is gives.
    void refreshed();

private:
    struct Large {
        PreviewWindow *window = nullptr;
        std::shared_ptr<const NodeValues> values;
    };

    void reset();
    NodeId comparedTransform() const;
    void sampleChanged();
    void ask();
    void show(const PreviewUpdate &update);
    void showLarge(NodeId node, const std::shared_ptr<const NodePreview> &preview);
    void finish(const PreviewUpdate &update);
    void greyWhatIsOld();
    void closeLarge(NodeId node);

    Document &m_document;
    CanvasView &m_canvas;
    SampleBar &m_bar;
    InspectorPanel &m_inspector;
    QWidget *m_window;
    PreviewSession m_session;
    SampleCursor m_cursor;
    std::filesystem::path m_weights;
    bool m_training = false;       ///< random transforms draw as in training
    std::uint64_t m_draw = 1;
    bool m_trainingIsOurs = false; ///< the project that is being trained is still the document's
    bool m_shown = false;
    quint64 m_revision = 0;        ///< of the last request
    std::set<NodeId> m_fresh;      ///< nodes whose previews hold for that one
    std::map<NodeId, Large> m_large;
    QTimer m_askTimer;   ///< one request for all that changes at once
    QTimer m_staleTimer; ///< greys what takes long, so that what doesn't never flickers
};

} // namespace netloom
