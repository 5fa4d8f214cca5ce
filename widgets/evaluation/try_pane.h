// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace netloom {

class AnswerBars;
class CameraView;

/// The run at work: a picture that is dropped is answered at once, with the probabilities as bars; a folder or a table gives a list to be
/// saved; the camera is answered as it goes.
class TryPane : public QWidget {
    Q_OBJECT
public:
    explicit TryPane(QWidget *parent = nullptr);

    struct Answer {
        QString file;
        QString error = {};                      ///< not empty: there is no answer
        std::vector<double> probabilities = {};
        std::optional<double> number = {};
    };
    /// The classes, or the name of the number, of the run that answers; @p rows: it takes a table's rows; @p severalLabels: the classes are
    /// labels, of which a picture may have any number.
    void setRun(const QString &title, const QStringList &classNames, const QString &numberName, bool rows, bool severalLabels = false);
    /// From which probability on a label is there, or the second of two classes is the answer: said, and kept to at once.
    void setThreshold(double threshold);
    /// No run can answer, for this reason.
    void setNoRun(const QString &sentence);
    void setBusy(const QString &text);
    /// One picture with its answer.
    void showPicture(const QImage &picture, const Answer &answer);
    /// Many answers, as a table.
    void showAnswers(const std::vector<Answer> &answers);
    /// The camera's picture. The answer follows it.
    void showFrame(const QImage &frame);
    void showFrameAnswer(const Answer &answer);
    /// The camera is off, and why where that is no wish.
    void endCamera(const QString &heading = {}, const QString &sentence = {});
    bool isLive() const { return m_live; }

    AnswerBars *bars() const { return m_bars; }
    QTableWidget *table() const { return m_table; }
    QString sentence() const;

signals:
    void filesRequested();
    void folderRequested();
    void cameraRequested(bool on);
    void videoRequested();
    void saveRequested();
    void pictureRequested(const QString &file); ///< of a row in the table

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void showOne(const Answer &answer);
    void fillTable();
    void sayThreshold();
    bool hasThreshold() const { return m_severalLabels || m_classNames.size() == 2; }
    int classOf(const Answer &answer) const;
    void fitPicture();
    QString answerText(const Answer &answer) const;
    QStringList cellsOf(const Answer &answer) const;

    QStringList m_classNames;
    QString m_numberName;
    QString m_title;
    double m_threshold = 0.5;
    std::vector<Answer> m_answers; ///< that are shown
    bool m_number = false, m_rows = false, m_live = false, m_severalLabels = false;
    QImage m_image;
    QLabel *m_run = nullptr, *m_busy = nullptr;
    QPushButton *m_files = nullptr, *m_folder = nullptr, *m_camera = nullptr, *m_save = nullptr;
    QStackedWidget *m_stack = nullptr; ///< hint, one picture, table
    QWidget *m_hint = nullptr, *m_one = nullptr;
    QLabel *m_hintHeading = nullptr, *m_hintText = nullptr;
    QStackedWidget *m_view = nullptr; ///< the picture or the camera
    QLabel *m_picture = nullptr, *m_name = nullptr, *m_answer = nullptr;
    CameraView *m_frames = nullptr;
    AnswerBars *m_bars = nullptr;
    QTableWidget *m_table = nullptr;
};

} // namespace netloom
