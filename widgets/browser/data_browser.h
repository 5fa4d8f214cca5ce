// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "browser/rows_model.h"
#include "browser/sample_list.h"
#include "graph/data_finding.h"
#include "graph/param.h"

#include <QImage>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;
class QStackedWidget;
class QTabBar;
class QTableView;
class QToolButton;

namespace netloom {

class DetailsPane;
class DoctorPane;
class FilterPane;
class PictureGrid;
class Thumbnails;

/// The data as pictures, or as a table's rows: by class and part, searched and sorted, what the network gets to see of them, and what the data doctor found.
/// Shows what it is given and asks for the rest by signals.
class DataBrowser : public QWidget {
    Q_OBJECT
public:
    enum class Page { Pictures, Augmented, Doctor };
    static constexpr int kAugmentedSide = 140; ///< px

    /// One picture as in training, with the sample that it was made of.
    struct Augmented {
        int sample = 0;
        QImage picture; ///< null where it failed
        QString problem;
        QString mixture; ///< "70 % rose, 30 % tulip"; "" where it is all of its class
    };

    explicit DataBrowser(Thumbnails &thumbnails, QWidget *parent = nullptr);

    /// New data; what is chosen stays where there is such a thing. @p hasFiles: each sample is a file of its own.
    void setSamples(SampleList list, bool hasFiles);
    /// The same where the samples are a table's rows.
    void setTable(SampleList list, ShownTable table);
    /// There is nothing to show, for this reason.
    void setNothing(const QString &sentence);
    /// Marks as excluded the samples of these names, and no others.
    void setExcluded(const QSet<QString> &names);
    /// Bytes and px by sample, as far as they are known.
    struct Size { std::int64_t bytes = -1; std::int32_t width = 0, height = 0; };
    void setSizes(const std::vector<Size> &sizes);
    /// Loss and guess by sample; those without are not known. Empty: there is no run.
    struct Loss { double loss; std::int32_t guess; };
    void setLosses(const std::vector<std::optional<Loss>> &losses);
    /// Offers sorting by loss.
    void setHasRun(bool hasRun);
    /// The large picture of the one selected sample.
    void setDetails(int sample, const QImage &picture, const Size &size);
    /// The parameters that deal the samples out, with their values; none hides them.
    void setSplitParams(const std::vector<ParamDecl> &decls, const Params &params);
    void setAugmented(std::vector<Augmented> pictures, const QString &problem);
    /// What is being computed, in words; "" for nothing any more.
    void setBusy(const QString &text);
    void setFindings(const DataFindings &findings);
    void setCures(const QStringList &offered, const QStringList &taken);

    const SampleList &samples() const { return m_list; }
    PictureGrid *grid() const { return m_grid; }
    QTableView *table() const { return m_table; }
    bool showsTable() const { return m_isTable; }
    DoctorPane *doctor() const { return m_doctor; }
    Page page() const;
    void showPage(Page page);
    void focusSearch();
    /// Puts the keys where the pictures are.
    void focusPictures();
    /// Selects the sample of that name and shows it, with all parts and classes around it; waits for data that are still being opened.
    void showSample(const QString &name);
    int pictureSide() const;

signals:
    void backRequested();
    void excludeRequested(const QStringList &names, bool exclude);
    void sampleRequested(int sample);
    void folderRequested(int sample);
    void detailsRequested(int sample, int side);
    void sizesRequested();
    void lossesRequested();
    void stopRequested();
    void augmentedRequested();
    void splitParamEdited(const QString &name, const netloom::ParamValue &value, bool continues);
    void pageShown(netloom::DataBrowser::Page page);
    void sampleMissing(const QString &name); ///< that was to be shown

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildTools();
    void buildGrid();
    void buildTable();
    void adopt(SampleList list, bool hasFiles);
    void arrange();
    void refreshRows();
    bool showWantedRow(int row);
    void connectPanes();
    void refreshPictures();
    void keepSelection(const std::function<void()> &change);
    void showFindings();
    void showAugmented();
    void showSelection();
    void showWanted();
    void askForThumbnails();
    void askForSort();
    void excludeSelected();
    void showMenu(const QPoint &position);
    SampleView view() const;
    QString toolTipOf(const SampleEntry &sample) const;
    void setLook();

    Thumbnails &m_thumbnails;
    SampleList m_list;
    bool m_hasFiles = false;
    bool m_isTable = false;
    bool m_hasRun = false;
    bool m_hasSizes = false;
    bool m_hasLosses = false;
    DataFindings m_findings;
    bool m_examined = false;
    QHash<QString, int> m_byName;
    QString m_wanted; ///< the sample to be shown once the data are there
    std::vector<Augmented> m_augmented;
    QString m_augmentedProblem;
    QString m_nothing;
    QStringList m_cures, m_curesTaken;

    QTabBar *m_pages = nullptr;
    QLabel *m_busy = nullptr;
    QToolButton *m_stop = nullptr;
    QWidget *m_tools = nullptr;
    QLineEdit *m_search = nullptr;
    QComboBox *m_sort = nullptr;
    QComboBox *m_groups = nullptr;
    QSlider *m_size = nullptr;
    QPushButton *m_again = nullptr;
    QStackedWidget *m_left = nullptr;
    FilterPane *m_filters = nullptr;
    DoctorPane *m_doctor = nullptr;
    PictureGrid *m_grid = nullptr;
    RowsModel *m_rows = nullptr;
    QTableView *m_table = nullptr;
    QStackedWidget *m_shown = nullptr; ///< pictures or rows
    QWidget *m_detailsEdge = nullptr;
    DetailsPane *m_details = nullptr;
};

} // namespace netloom
