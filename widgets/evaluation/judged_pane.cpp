// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluation/judged_pane.h"

#include "browser/thumbnails.h"
#include "evaluation/answer_bars.h"
#include "evaluation/judged_rows.h"
#include "panels/elided_label.h"
#include "panels/fact_rows.h"
#include "theme/theme.h"
#include "theme/view_parts.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace netloom {

namespace {

constexpr int kSide = 84;      ///< px, of a picture: three times those of MNIST
constexpr int kRowsAhead = 2;
constexpr std::size_t kMost = 5000; ///< samples in the list

QString percentOf(float share)
{
    return QString::number(100 * share, 'f', share < 0.9995f && share > 0.995f ? 1 : 0) + QString::fromUtf8(" %");
}

} // namespace

JudgedPane::JudgedPane(Thumbnails &thumbnails, QWidget *parent) : QWidget(parent), m_thumbnails(thumbnails)
{
    setObjectName(QStringLiteral("judgedPane"));
    build();
    connect(m_all, &QToolButton::clicked, this, &JudgedPane::showMistakes);
    connect(m_grid, &PictureGrid::visibleChanged, this, &JudgedPane::askForThumbnails);
    connect(m_grid, &PictureGrid::selectionChanged, this, &JudgedPane::showSelected);
    connect(m_grid, &PictureGrid::activated, this, &JudgedPane::browseSelected);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &JudgedPane::showSelected);
    connect(m_browse, &QPushButton::clicked, this, &JudgedPane::browseSelected);
    connect(&m_thumbnails, &Thumbnails::arrived, m_grid->viewport(), qOverload<>(&QWidget::update));
    setEvaluation(nullptr);
}

void JudgedPane::build()
{
    m_title = new ElidedLabel;
    m_title->setObjectName(QStringLiteral("judgedTitle"));
    setTextRole(m_title, TextRole::Section);
    m_note = new QLabel;
    setTextRole(m_note, TextRole::Small);
    m_all = new QToolButton;
    m_all->setObjectName(QStringLiteral("judgedAll"));
    m_all->setText(tr("All mistakes"));
    m_all->setIcon(themedIcon(QStringLiteral("chevron-left")));
    m_all->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_all->setAutoRaise(true);
    m_grid = new PictureGrid;
    m_grid->setObjectName(QStringLiteral("judgedPictures"));
    m_grid->setAccessibleName(tr("Judged pictures"));
    m_grid->setPictureSide(kSide);
    m_grid->setCaptionLines(2);
    m_grid->setLook([this](int place) {
        PictureGrid::Look look;
        look.picture = m_thumbnails.find(m_shown->scores.samples[std::size_t(place)].sample);
        addLook(place, look);
        return look;
    });
    m_rows = new JudgedRows(this);
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("judgedRows"));
    m_table->setAccessibleName(tr("Judged rows"));
    m_table->setModel(m_rows);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    styleRows(*m_table, 26);
    m_table->horizontalHeader()->setDefaultSectionSize(96);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_grid);
    m_stack->addWidget(m_table);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 8, 8, 0);
    head->addWidget(m_title, 1);
    head->addWidget(m_all);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    m_note->setContentsMargins(12, 0, 12, 4);
    column->addWidget(m_note);
    column->addWidget(m_stack, 1);
    column->addWidget(buildDetails());
}

/// What was said of the sample at @p place, and what is true.
void JudgedPane::addLook(int place, PictureGrid::Look &look) const
{
    const ShownSample &sample = m_shown->scores.samples[std::size_t(place)];
    const auto list = [](const QStringList &names) { return names.isEmpty() ? tr("none") : names.join(QStringLiteral(", ")); };
    QString answer, truth;
    if (m_shown->severalLabels) {
        answer = list(m_shown->labelsAt(place, true));
        truth = list(m_shown->labelsAt(place, false));
    } else if (m_shown->learnsNumber) {
        answer = unitText(sample.predicted);
        truth = unitText(sample.number);
    } else {
        answer = m_shown->className(sample.guess) + ' ' + percentOf(sample.confidence);
        truth = m_shown->className(sample.truth);
    }
    look.caption = m_shown->severalLabels && m_choice == Choice::LabelCell ? m_shown->className(m_truth) + ' ' + percentOf(m_shown->probabilityOf(place, m_truth)) : answer;
    look.note = m_shown->learnsNumber ? tr("true: %1").arg(truth) : sample.right() ? tr("right") : tr("is %1").arg(truth);
    look.dot = m_shown->learnsNumber ? QColor() : sample.right() ? Theme::current().success : Theme::current().error;
    look.toolTip = tr("%1\nTruth: %2\nAnswer: %3").arg(m_shown->nameOf(sample.sample), truth, answer);
}

QWidget *JudgedPane::buildDetails()
{
    m_details = new QWidget;
    m_details->setObjectName(QStringLiteral("judgedDetails"));
    m_name = new ElidedLabel;
    setTextRole(m_name, TextRole::Section);
    m_facts = new QLabel;
    m_facts->setObjectName(QStringLiteral("judgedFacts"));
    m_facts->setTextFormat(Qt::PlainText);
    m_bars = new AnswerBars;
    m_browse = new QPushButton(themedIcon(QStringLiteral("grid")), tr("Show in the data"));
    m_browse->setObjectName(QStringLiteral("judgedBrowse"));
    m_browse->setToolTip(tr("Opens the data browser at this sample  (Enter)"));
    auto *facts = new QHBoxLayout;
    facts->addWidget(m_facts, 1);
    facts->addWidget(m_browse);
    auto *column = new QVBoxLayout(m_details);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    column->addWidget(m_name);
    column->addLayout(facts);
    column->addWidget(m_bars);
    return m_details;
}

void JudgedPane::setEvaluation(const ShownEvaluation *shown)
{
    m_shown = shown;
    choose(Choice::Mistakes, -1, -1);
    if (shown && shown->rows)
        m_table->resizeColumnsToContents();
}

void JudgedPane::scoresChanged()
{
    refresh();
}

void JudgedPane::showMistakes()
{
    choose(Choice::Mistakes, -1, -1);
    emit mistakesShown();
}

void JudgedPane::showCell(int truth, int guess)
{
    choose(Choice::Cell, truth, guess);
    if (!m_items.empty())
        m_shown->rows ? m_table->selectRow(0) : m_grid->setCurrent(0);
}

void JudgedPane::showClass(int label)
{
    choose(Choice::Class, label, label);
}

void JudgedPane::showLabelCell(int label, LabelCell cell)
{
    m_cell = cell;
    choose(Choice::LabelCell, label, label);
    if (!m_items.empty())
        m_grid->setCurrent(0);
}

void JudgedPane::choose(Choice choice, int truth, int guess)
{
    m_choice = choice;
    m_truth = truth;
    m_guess = guess;
    refresh();
}

bool JudgedPane::takes(int place) const
{
    const ShownSample &sample = m_shown->scores.samples[std::size_t(place)];
    if (m_shown->learnsNumber)
        return true;
    if (m_shown->severalLabels && m_choice != Choice::Mistakes) {
        const LabelCell cell = m_shown->cellOf(place, m_truth);
        return m_choice == Choice::LabelCell ? cell == m_cell : cell == LabelCell::FalseAlarms || cell == LabelCell::Misses;
    }
    switch (m_choice) {
    case Choice::Cell: return sample.truth == m_truth && sample.guess == m_guess;
    case Choice::Class: return !sample.right() && (sample.truth == m_truth || sample.guess == m_guess);
    default: return !sample.right();
    }
}

/// The largest comes first: the error, or how sure the answer was.
double JudgedPane::orderOf(int place) const
{
    const ShownSample &sample = m_shown->scores.samples[std::size_t(place)];
    if (m_shown->learnsNumber)
        return std::abs(sample.error());
    if (!m_shown->severalLabels || m_choice == Choice::Mistakes)
        return double(sample.confidence);
    const double probability = m_shown->probabilityOf(place, m_truth);
    return m_shown->saysLabel(place, m_truth) ? probability : 1 - probability;
}

/// The heading, and how many were found.
void JudgedPane::nameChoice(qsizetype found)
{
    const QString name = m_shown->className(m_truth);
    const QString number = grouped(found);
    const QString count = m_shown->rows ? (found == 1 ? tr("1 row") : tr("%1 rows").arg(number)) : (found == 1 ? tr("1 picture") : tr("%1 pictures").arg(number));
    const std::array cells{tr("%1: there, and said to be"), tr("%1: not there, but said to be"), tr("%1: there, but not said to be"), tr("%1: neither there nor said to be")};
    if (m_shown->learnsNumber)
        m_title->setText(tr("Largest errors"));
    else if (m_choice == Choice::Mistakes)
        m_title->setText(tr("Most confident mistakes"));
    else if (m_choice == Choice::Class)
        m_title->setText(tr("Mistakes about %1").arg(name));
    else if (m_choice == Choice::LabelCell)
        m_title->setText(cells[std::size_t(m_cell)].arg(name));
    else
        m_title->setText(m_truth == m_guess ? tr("%1, recognized").arg(name) : tr("%1 taken for %2").arg(name, m_shown->className(m_guess)));
    if (m_items.empty())
        m_note->setText(m_choice == Choice::Mistakes ? QString() : tr("None of this part of the data"));
    else
        m_note->setText(m_shown->learnsNumber ? tr("%1, the largest error first").arg(count) : tr("%1, the surest answer first").arg(count));
}

void JudgedPane::refresh()
{
    m_rows->setRows(m_shown, nullptr); // the columns stay, with their widths
    m_items.clear();
    if (!m_shown) {
        m_title->clear();
        m_note->clear();
        m_all->hide();
        m_grid->setSections({});
        m_stack->setCurrentWidget(m_grid);
        m_grid->setEmptyText(QStringLiteral("image"), tr("Nothing judged yet"), tr("Evaluate a run: its mistakes are shown here."));
        showSelected();
        return;
    }
    const std::vector<ShownSample> &samples = m_shown->scores.samples;
    for (std::size_t place = 0; place < samples.size(); ++place) {
        if (takes(int(place)))
            m_items.push_back(int(place));
    }
    const qsizetype found = qsizetype(m_items.size());
    std::ranges::stable_sort(m_items, std::ranges::greater(), [this](int place) { return orderOf(place); });
    m_items.resize(std::min(m_items.size(), kMost));
    nameChoice(found);
    m_all->setVisible(m_choice != Choice::Mistakes);
    m_stack->setCurrentWidget(m_shown->rows ? static_cast<QWidget *>(m_table) : m_grid);
    if (m_shown->rows) {
        m_rows->setRows(m_shown, &m_items);
    } else {
        m_grid->setEmptyText(QStringLiteral("check"), m_choice == Choice::Mistakes ? tr("No mistakes") : tr("No such pictures"),
            m_choice == Choice::Mistakes ? tr("Every picture was recognized.") : tr("There are none in this cell."));
        m_grid->setSections(m_items.empty() ? std::vector<PictureGrid::Section>() : std::vector<PictureGrid::Section>{{{}, {}, m_items}});
        askForThumbnails();
    }
    showSelected();
}

std::vector<int> JudgedPane::shownSamples() const
{
    std::vector<int> samples;
    for (const int place : m_items)
        samples.push_back(m_shown->scores.samples[std::size_t(place)].sample);
    return samples;
}

QString JudgedPane::title() const
{
    return m_title->text();
}

const ShownSample *JudgedPane::selected() const
{
    if (!m_shown || m_items.empty())
        return nullptr;
    int place = -1;
    if (m_shown->rows) {
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        place = rows.isEmpty() ? -1 : m_items[std::size_t(rows.front().row())];
    } else if (m_grid->current() >= 0) {
        place = m_grid->itemAt(m_grid->current());
    }
    return place < 0 ? nullptr : &m_shown->scores.samples[std::size_t(place)];
}

void JudgedPane::showSelected()
{
    const ShownSample *sample = selected();
    m_details->setVisible(sample != nullptr);
    if (!sample)
        return;
    m_name->setText(m_shown->nameOf(sample->sample));
    if (m_shown->severalLabels) {
        const QStringList truths = m_shown->labelsAt(int(sample - m_shown->scores.samples.data()), false);
        const std::vector<float> probabilities = m_shown->probabilitiesOf(sample->sample);
        m_facts->setText(tr("Labels: %1").arg(truths.isEmpty() ? tr("none") : truths.join(QStringLiteral(", "))));
        m_bars->setLabels(m_shown->classNames, {probabilities.begin(), probabilities.end()}, truths, m_shown->scores.threshold, 5);
    } else if (m_shown->learnsNumber) {
        m_facts->setText(tr("True %1, predicted %2, off by %3").arg(unitText(sample->number), unitText(sample->predicted), unitText(sample->error())));
        m_bars->clear();
    } else {
        m_facts->setText(tr("Truth: %1").arg(m_shown->className(sample->truth)));
        const std::vector<float> probabilities = m_shown->probabilitiesOf(sample->sample);
        m_bars->setAnswer(m_shown->classNames, {probabilities.begin(), probabilities.end()}, sample->guess, sample->truth, 3);
    }
}

void JudgedPane::browseSelected()
{
    if (const ShownSample *sample = selected())
        emit browseRequested(m_shown->nameOf(sample->sample));
}

void JudgedPane::askForThumbnails()
{
    if (!m_shown || m_shown->rows)
        return;
    std::vector<int> samples;
    for (const int place : m_grid->visibleItems(kRowsAhead))
        samples.push_back(m_shown->scores.samples[std::size_t(place)].sample);
    m_thumbnails.want(samples, int(m_grid->pictureSide() * devicePixelRatioF()));
}

void JudgedPane::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::current().panel);
}

} // namespace netloom
