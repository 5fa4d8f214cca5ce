// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/background_task.h"
#include "desktop/data_look.h"
#include "desktop/thumbnail_store.h"
#include "document/document.h"
#include "graph/data_finding.h"
#include "inspect/data_doctor.h"

#include <filesystem>
#include <optional>

namespace netloom {

class DataBrowser;

/// Joins the data browser with the document and the data: opens them with what is excluded, computes in the background what the browser
/// asks for, and makes steps of the document of what people change there.
class DataPresenter : public QObject {
    Q_OBJECT
public:
    DataPresenter(Document &document, DataBrowser &browser, ThumbnailStore &thumbnails, QObject *parent = nullptr);
    ~DataPresenter() override;

    /// The browser is seen; nothing is opened before.
    void setActive(bool active);
    /// The data as they are trained on, open; nullptr for none.
    void setSource(std::shared_ptr<const DataSource> source);
    /// The files may have changed.
    void forget();
    /// The run whose losses are offered; "" for none.
    void setRun(const std::filesystem::path &folder);

    /// Names of samples that the project leaves out.
    std::vector<std::string> excluded() const;

public slots:
    void examine();

signals:
    /// A sample for the previews: by name, or where it is excluded its file.
    void sampleRequested(const QString &name, const QString &file);
    void folderRequested(const QString &file);
    void messageRequested(const QString &text);

private:
    struct Key {
        std::string type;
        Params params; ///< without what is excluded
        friend bool operator==(const Key &, const Key &) = default;
    };

    NodeId sourceNode() const;
    std::optional<Key> keyNow() const;
    void refresh();
    void adopt(std::shared_ptr<const DataSource> source);
    void showNothing();
    void showSplit();
    void showCures();
    void exclude(const QStringList &names, bool exclude);
    void setSplitParam(const QString &name, const ParamValue &value, bool continues);
    void cure(const QString &setting);
    void loadDetails(int sample, int side);
    void loadSizes();
    void loadLosses();
    void makeAugmented();
    void diagnoseAgain();

    Document &m_document;
    DataBrowser &m_browser;
    ThumbnailStore &m_thumbnails;
    DataLook m_look; ///< with what is excluded
    std::shared_ptr<const DataSource> m_trained; ///< without
    std::optional<Key> m_trainedKey;
    bool m_trainedIsAll = false; ///< nothing was excluded
    std::optional<Key> m_lookingFor;
    std::shared_ptr<const DataSource> m_source;  ///< what the browser shows
    std::optional<Key> m_key;
    std::filesystem::path m_run;
    std::shared_ptr<DataDoctor> m_doctor;
    std::shared_ptr<const PictureExams> m_exams; ///< of m_source
    std::vector<std::string> m_excluded;
    quint64 m_augmentations = 0;
    int m_gesture = 0;
    bool m_active = false;
    QString m_measured; ///< what m_measuring finds out
    BackgroundTask m_details;
    BackgroundTask m_augmenting;
    BackgroundTask m_measuring; ///< sizes or losses
    BackgroundTask m_examining;
    BackgroundTask m_diagnosing;
};

} // namespace netloom
