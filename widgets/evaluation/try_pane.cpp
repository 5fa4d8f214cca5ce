// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/try_pane.h"

#include "evaluation/answer_bars.h"
#include "evaluation/judged_rows.h"
#include "panels/camera_view.h"
#include "panels/elided_label.h"
#include "theme/theme.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

constexpr int kTop = 5;
constexpr int kTopLabels = 8;
constexpr int kBarsWidth = 320; ///< px

QString percentOf(double share)
{
    return QString::number(100 * share, 'f', 1) + QString::fromUtf8(" %");
}

} // namespace

TryPane::TryPane(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("tryPane"));
    build();
    connect(m_files, &QPushButton::clicked, this, &TryPane::filesRequested);
    connect(m_folder, &QPushButton::clicked, this, &TryPane::folderRequested);
    connect(m_camera, &QPushButton::clicked, this, [this](bool on) { emit cameraRequested(on); });
    connect(m_frames, &CameraView::videoRequested, this, &TryPane::videoRequested);
    connect(m_save, &QPushButton::clicked, this, &TryPane::saveRequested);
    connect(m_table, &QTableWidget::cellActivated, this, [this](int row) { emit pictureRequested(m_table->item(row, 0)->data(Qt::UserRole).toString()); });
    setBusy({});
    setNoRun(tr("Train once: the run then answers here."));
}

void TryPane::build()
{
    const auto button = [](const char *name, const char *icon, const QString &text) {
        auto *made = new QPushButton(themedIcon(icon), text);
        made->setObjectName(name);
        made->setAutoDefault(false);
        return made;
    };
    m_run = new QLabel;
    m_run->setObjectName(QStringLiteral("tryRun"));
    setTextRole(m_run, TextRole::Small);
    m_busy = new QLabel;
    m_busy->setObjectName(QStringLiteral("tryBusy"));
    setTextRole(m_busy, TextRole::Small);
    m_files = button("tryFiles", "open", tr("Choose files…"));
    m_folder = button("tryFolder", "folder", tr("Choose a folder…"));
    m_camera = button("tryCamera", "camera", tr("Camera"));
    m_camera->setCheckable(true);
    m_save = button("trySave", "save", tr("Save the answers…"));
    m_save->setToolTip(tr("As CSV or JSON, with the probability of every class"));
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(12, 8, 12, 8);
    tools->setSpacing(Theme::kSpacing);
    for (QPushButton *one : {m_files, m_folder, m_camera})
        tools->addWidget(one);
    tools->addWidget(m_busy);
    tools->addStretch(1);
    tools->addWidget(m_run);
    tools->addWidget(m_save);

    m_hintHeading = new QLabel;
    m_hintHeading->setAlignment(Qt::AlignCenter);
    setTextRole(m_hintHeading, TextRole::Title);
    m_hintText = new QLabel;
    m_hintText->setObjectName(QStringLiteral("tryHint"));
    m_hintText->setAlignment(Qt::AlignCenter);
    m_hintText->setWordWrap(true);
    setTextRole(m_hintText, TextRole::Muted);
    m_hint = new QWidget;
    auto *hint = new QVBoxLayout(m_hint);
    hint->setContentsMargins(48, 24, 48, 48);
    hint->addStretch(1);
    hint->addWidget(m_hintHeading);
    hint->addWidget(m_hintText);
    hint->addStretch(1);

    m_picture = new QLabel;
    m_picture->setObjectName(QStringLiteral("tryPicture"));
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setMinimumSize(160, 160);
    m_frames = new CameraView;
    m_frames->setMirrored(true);
    m_view = new QStackedWidget;
    m_view->addWidget(m_picture);
    m_view->addWidget(m_frames);
    m_answer = new QLabel;
    m_answer->setObjectName(QStringLiteral("tryAnswer"));
    m_answer->setWordWrap(true);
    setTextRole(m_answer, TextRole::Figure);
    m_name = new ElidedLabel;
    setTextRole(m_name, TextRole::Small);
    m_bars = new AnswerBars;
    auto *said = new QVBoxLayout;
    said->setSpacing(10);
    said->addStretch(1);
    said->addWidget(m_answer);
    said->addWidget(m_bars);
    said->addWidget(m_name);
    said->addStretch(1);
    auto *saidBox = new QWidget;
    saidBox->setLayout(said);
    saidBox->setFixedWidth(kBarsWidth);
    m_one = new QWidget;
    auto *one = new QHBoxLayout(m_one);
    one->setContentsMargins(24, 0, 24, 24);
    one->setSpacing(24);
    one->addWidget(m_view, 1);
    one->addWidget(saidBox);

    m_table = new QTableWidget;
    m_table->setObjectName(QStringLiteral("tryTable"));
    m_table->setAccessibleName(tr("Answers"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_stack = new QStackedWidget;
    for (QWidget *page : std::initializer_list<QWidget *>{m_hint, m_one, m_table})
        m_stack->addWidget(page);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(m_stack, 1);
}

void TryPane::setRun(const QString &title, const QStringList &classNames, const QString &numberName, bool rows, bool severalLabels)
{
    m_severalLabels = severalLabels;
    m_classNames = classNames;
    m_number = classNames.isEmpty();
    m_numberName = numberName;
    m_rows = rows;
    m_title = title;
    m_threshold = 0.5;
    m_answers.clear();
    sayThreshold();
    for (QPushButton *button : {m_files, m_folder, m_camera})
        button->setEnabled(true);
    m_folder->setVisible(!rows);
    m_camera->setVisible(!rows);
    m_save->hide();
    m_hintHeading->setText(rows ? tr("Drop a table on the window") : tr("Drop a picture on the window"));
    m_hintText->setText(rows ? tr("Every row of a CSV file is answered. Columns are found by the header's names.")
                             : tr("The answer shows at once, with the probabilities. A folder of pictures gives a list that can be saved, and the camera is answered as it goes."));
    m_stack->setCurrentWidget(m_hint);
}

void TryPane::setThreshold(double threshold)
{
    if (m_threshold == threshold)
        return;
    m_threshold = threshold;
    sayThreshold();
    if (m_stack->currentWidget() == m_table)
        fillTable();
    else if (m_stack->currentWidget() == m_one && !m_answers.empty())
        showOne(m_answers.front());
}

void TryPane::sayThreshold()
{
    const QString from = QString::number(m_threshold, 'f', 2);
    const QString rule = m_severalLabels ? tr("a label from %1 on").arg(from) : tr("“%1” from %2 on").arg(m_classNames.value(1), from);
    m_run->setText(hasThreshold() ? m_title + QStringLiteral("  ·  ") + rule : m_title);
    m_run->setToolTip(hasThreshold() ? tr("The threshold on the probability: the slider beside the run's scores moves it") : QString());
}

void TryPane::setNoRun(const QString &sentence)
{
    m_run->clear();
    for (QPushButton *button : {m_files, m_folder, m_camera})
        button->setEnabled(false);
    m_save->hide();
    m_hintHeading->setText(tr("No run to try"));
    m_hintText->setText(sentence);
    m_stack->setCurrentWidget(m_hint);
}

void TryPane::setBusy(const QString &text)
{
    m_busy->setText(text);
}

QString TryPane::answerText(const Answer &answer) const
{
    if (!answer.error.isEmpty())
        return {};
    if (answer.number)
        return m_numberName.isEmpty() ? unitText(*answer.number) : tr("%1: %2").arg(m_numberName, unitText(*answer.number));
    if (m_severalLabels) {
        QStringList labels;
        for (std::size_t label = 0; label < answer.probabilities.size(); ++label) {
            if (answer.probabilities[label] >= m_threshold)
                labels << m_classNames.value(qsizetype(label));
        }
        return labels.isEmpty() ? tr("None of the labels") : labels.join(QStringLiteral(", "));
    }
    return m_classNames.value(classOf(answer));
}

/// The most probable class; of two the second from the threshold on. -1 for none.
int TryPane::classOf(const Answer &answer) const
{
    if (answer.probabilities.size() == 2)
        return answer.probabilities[1] >= m_threshold ? 1 : 0;
    const auto best = std::ranges::max_element(answer.probabilities);
    return best == answer.probabilities.end() ? -1 : int(best - answer.probabilities.begin());
}

void TryPane::showOne(const Answer &answer)
{
    m_answers = {answer};
    m_answer->setText(answer.error.isEmpty() ? answerText(answer) : tr("No answer"));
    if (m_severalLabels)
        m_bars->setLabels(m_classNames, answer.probabilities, {}, m_threshold, kTopLabels);
    else
        m_bars->setAnswer(m_classNames, answer.probabilities, classOf(answer), -1, kTop);
    m_name->setWordWrap(!answer.error.isEmpty());
    m_name->setText(answer.error.isEmpty() ? QFileInfo(answer.file).fileName() : answer.error);
    m_save->hide();
    m_stack->setCurrentWidget(m_one);
}

void TryPane::showPicture(const QImage &picture, const Answer &answer)
{
    m_image = picture;
    m_view->setCurrentWidget(m_picture);
    showOne(answer);
    fitPicture();
}

void TryPane::fitPicture()
{
    if (m_image.isNull()) {
        m_picture->setPixmap({});
        return;
    }
    // Small ones are enlarged by whole numbers, so that their pixels stay sharp.
    const QSize room = m_view->size() * devicePixelRatioF();
    const int times = std::min({room.width() / std::max(1, m_image.width()), room.height() / std::max(1, m_image.height()), 12});
    QPixmap pixmap = QPixmap::fromImage(times >= 1 ? m_image.scaled(m_image.size() * times) : m_image.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    m_picture->setPixmap(pixmap);
}

void TryPane::showAnswers(const std::vector<Answer> &answers)
{
    m_answers = answers;
    fillTable();
    m_save->setVisible(!answers.empty());
    m_stack->setCurrentWidget(m_table);
}

/// Behind the file's name: the number, the labels, or the best two classes with their probabilities.
QStringList TryPane::cellsOf(const Answer &answer) const
{
    if (answer.number)
        return {unitText(*answer.number)};
    std::vector<std::pair<double, int>> ranked;
    for (std::size_t label = 0; label < answer.probabilities.size(); ++label)
        ranked.emplace_back(-answer.probabilities[label], int(label));
    std::ranges::sort(ranked);
    QStringList cells;
    if (m_severalLabels) {
        for (const auto &[negative, label] : ranked) {
            if (-negative >= m_threshold)
                cells << m_classNames.value(label) + ' ' + percentOf(-negative);
        }
        return {cells.isEmpty() ? tr("None of the labels") : cells.join(QStringLiteral(", "))};
    }
    if (ranked.size() == 2 && ranked.front().second != classOf(answer))
        std::swap(ranked.front(), ranked.back());
    for (std::size_t rank = 0; rank < std::min<std::size_t>(2, ranked.size()); ++rank)
        cells << m_classNames.value(ranked[rank].second) << percentOf(-ranked[rank].first);
    return cells;
}

void TryPane::fillTable()
{
    m_table->setSortingEnabled(false);
    m_table->clear();
    m_table->clearSpans();
    const QStringList titles = m_number ? QStringList{tr("File"), m_numberName.isEmpty() ? tr("Number") : m_numberName}
        : m_severalLabels                ? QStringList{tr("File"), tr("Labels")}
                                        : QStringList{tr("File"), tr("Answer"), tr("Probability"), tr("Or"), QString()};
    m_table->setColumnCount(int(titles.size()));
    m_table->setHorizontalHeaderLabels(titles);
    m_table->setRowCount(int(m_answers.size()));
    for (int row = 0; row < int(m_answers.size()); ++row) {
        const Answer &answer = m_answers[std::size_t(row)];
        QStringList cells{QFileInfo(answer.file).fileName()};
        cells << (answer.error.isEmpty() ? cellsOf(answer) : QStringList{answer.error});
        for (int column = 0; column < int(cells.size()); ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            item->setToolTip(column == 0 ? answer.file : cells[column]);
            if (answer.error.isEmpty() && (m_number ? column == 1 : column == 2 || column == 4))
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            if (!answer.error.isEmpty() && column == 1)
                item->setForeground(Theme::current().error);
            m_table->setItem(row, column, item);
        }
        m_table->item(row, 0)->setData(Qt::UserRole, answer.file);
        if (!answer.error.isEmpty() && titles.size() > 2)
            m_table->setSpan(row, 1, 1, int(titles.size()) - 1);
    }
    m_table->resizeColumnsToContents();
    m_table->setColumnWidth(0, std::max(180, m_table->columnWidth(0)));
    for (int column = 1; column < m_table->columnCount(); ++column)
        m_table->setColumnWidth(column, std::max(96, m_table->columnWidth(column)));
}

void TryPane::showFrame(const QImage &frame)
{
    m_live = true;
    m_camera->setChecked(true);
    m_frames->setFrame(frame);
    m_view->setCurrentWidget(m_frames);
    m_stack->setCurrentWidget(m_one);
}

void TryPane::showFrameAnswer(const Answer &answer)
{
    if (m_live)
        showOne(answer);
}

void TryPane::endCamera(const QString &heading, const QString &sentence)
{
    m_live = false;
    m_camera->setChecked(!heading.isEmpty());
    if (heading.isEmpty()) {
        if (m_view->currentWidget() == m_frames)
            m_stack->setCurrentWidget(m_hint);
        return;
    }
    m_answer->clear();
    m_bars->clear();
    m_name->clear();
    m_frames->setEmpty(heading, sentence, true);
    m_view->setCurrentWidget(m_frames);
    m_stack->setCurrentWidget(m_one);
}

QString TryPane::sentence() const
{
    return m_stack->currentWidget() == m_hint ? m_hintText->text() : m_answer->text();
}

void TryPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitPicture();
}

/// Where files may be dropped has a dashed edge.
void TryPane::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    if (m_stack->currentWidget() != m_hint)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.borderStrong, 1.5, Qt::DashLine));
    painter.drawRoundedRect(QRectF(m_stack->geometry()).adjusted(24, 12, -24, -24), 2 * Theme::kRadius, 2 * Theme::kRadius);
}

} // namespace netloom
