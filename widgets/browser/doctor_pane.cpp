// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/doctor_pane.h"

#include "panels/fact_rows.h"
#include "theme/theme.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

QString explanation(DataTrouble trouble)
{
    switch (trouble) {
    case DataTrouble::Unreadable: return DoctorPane::tr("Training skips them anyway; excluding says so for good.");
    case DataTrouble::Leak: return DoctorPane::tr("The same picture is learned from and judged by: the result looks better than it is.");
    case DataTrouble::TwoLabels: return DoctorPane::tr("The same picture is in two classes: one is wrong. Look at each and exclude the wrong one.");
    case DataTrouble::Duplicate: return DoctorPane::tr("A picture that is there twice counts twice. Excluding keeps one of each.");
    case DataTrouble::OddSize: return DoctorPane::tr("Much smaller or larger than the rest.");
    case DataTrouble::OddShape: return DoctorPane::tr("Much wider or taller than the rest: squeezed or cut to fit.");
    case DataTrouble::OddColour: return DoctorPane::tr("Grey among colour, or colour among grey: a mark that gives the class away.");
    case DataTrouble::Imbalance: return DoctorPane::tr("Some classes have far more pictures to learn from than others.");
    }
    return {};
}

/// Each finding is the same picture several times.
bool showsGroups(DataTrouble trouble)
{
    return trouble == DataTrouble::Leak || trouble == DataTrouble::TwoLabels || trouble == DataTrouble::Duplicate;
}

QString excludeText(DataTrouble trouble, int count)
{
    if (showsGroups(trouble))
        return count == 1 ? DoctorPane::tr("Exclude the copy") : DoctorPane::tr("Exclude %1 copies").arg(count);
    return count == 1 ? DoctorPane::tr("Exclude the picture") : DoctorPane::tr("Exclude %1 pictures").arg(count);
}

QString cureText(const QString &setting)
{
    return setting == QLatin1String("sampler") ? DoctorPane::tr("Draw classes evenly") : DoctorPane::tr("Weigh classes in the loss");
}

QString cureTip(const QString &setting)
{
    return setting == QLatin1String("sampler") ? DoctorPane::tr("Balanced sampler: pictures of rare classes are drawn more often")
                                               : DoctorPane::tr("Class weights: a mistake on a rare class counts more");
}

} // namespace

DoctorPane::DoctorPane(QWidget *parent)
    : QWidget(parent), m_summary(new QLabel(this)), m_progress(new QProgressBar(this)), m_examine(new QPushButton(this))
{
    setObjectName(QStringLiteral("doctorPane"));
    m_summary->setObjectName(QStringLiteral("doctorSummary"));
    m_summary->setWordWrap(true);
    setTextRole(m_summary, TextRole::Small);
    m_examine->setObjectName(QStringLiteral("doctorExamine"));
    m_progress->setAccessibleName(tr("Examined pictures"));
    m_progress->setTextVisible(false);
    auto *inside = new QWidget;
    m_column = new QVBoxLayout(inside);
    m_column->setContentsMargins(12, 12, 12, 12);
    m_column->setSpacing(Theme::kSpacing);
    m_column->addWidget(m_summary);
    m_column->addWidget(m_progress);
    m_column->addWidget(m_examine);
    m_column->addStretch(1);
    auto *area = new QScrollArea(this);
    area->setWidget(inside);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(area);
    connect(m_examine, &QPushButton::clicked, this, [this] { m_running ? emit stopRequested() : emit examineRequested(); });
    setUnknown();
}

void DoctorPane::setUnknown()
{
    delete m_cards;
    m_cards = nullptr;
    m_shown.reset();
    m_running = false;
    m_progress->hide();
    m_summary->setText(tr("The data doctor looks at every picture: unreadable files, copies within and across training and test, odd sizes, uneven classes. "
                          "No file is touched."));
    m_examine->setText(tr("Examine the data"));
    setPrimary(m_examine, true);
    m_examine->show();
}

void DoctorPane::setProgress(qint64 done, qint64 total)
{
    if (!m_running) {
        delete m_cards;
        m_cards = nullptr;
        m_running = true;
        m_examine->setText(tr("Stop"));
        setPrimary(m_examine, false);
        m_progress->show();
        m_examine->show();
    }
    m_progress->setRange(0, int(std::max<qint64>(total, 1)));
    m_progress->setValue(int(done));
    m_summary->setText(tr("Looking at the pictures: %1 of %2").arg(grouped(done), grouped(total)));
}

void DoctorPane::setFindings(const DataFindings &findings, const QStringList &cures)
{
    m_running = false;
    m_progress->hide();
    m_examine->hide();
    delete m_cards;
    m_cards = new QWidget;
    auto *column = new QVBoxLayout(m_cards);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kSpacing);
    int kinds = 0;
    for (const DataTrouble trouble : kAllDataTroubles) {
        DataFindings own;
        std::ranges::copy_if(findings, std::back_inserter(own), [&](const DataFinding &finding) { return finding.trouble == trouble; });
        if (own.empty())
            continue;
        ++kinds;
        addCard(trouble, own, cures);
    }
    m_column->insertWidget(m_column->count() - 1, m_cards);
    m_summary->setText(kinds == 0 ? tr("All is well: every picture can be read, none is there twice, and nothing is odd.")
                                  : tr("Click on a finding to see its pictures. No file is touched: what is excluded can be taken back."));
    if (m_shown && std::ranges::none_of(findings, [&](const DataFinding &finding) { return finding.trouble == *m_shown; }))
        m_shown.reset();
    if (!m_shown && !findings.empty())
        m_shown = findings.front().trouble;
    if (m_shown)
        show(*m_shown);
    emit shownChanged();
}

void DoctorPane::addCard(DataTrouble trouble, const DataFindings &findings, const QStringList &cures)
{
    auto *card = new QWidget(m_cards);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(4);
    const Theme &theme = Theme::current();
    const bool serious = trouble <= DataTrouble::TwoLabels;
    auto *head = new QToolButton(card);
    head->setIcon(themedIcon(serious ? "error" : "warning", serious ? theme.error : theme.warning));
    head->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    head->setAutoRaise(true);
    head->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    head->setObjectName(QStringLiteral("finding_") + QString::fromLatin1(toString(trouble).data()));
    std::set<std::string> samples;
    QStringList exclude;
    std::set<std::string> excluded;
    for (const DataFinding &finding : findings) {
        samples.insert(finding.samples.begin(), finding.samples.end());
        for (const std::string &name : finding.exclude) {
            if (excluded.insert(name).second)
                exclude << QString::fromStdString(name);
        }
    }
    const std::size_t count = showsGroups(trouble) ? findings.size() : samples.size();
    head->setText(samples.empty() ? title(trouble) : tr("%1 (%2)").arg(title(trouble), grouped(std::int64_t(count))));
    head->setCheckable(true);
    head->setProperty("trouble", int(trouble));
    connect(head, &QToolButton::clicked, this, [this, trouble] {
        show(trouble);
        emit shownChanged();
    });
    column->addWidget(head);
    auto *text = new QLabel(samples.empty() ? QString::fromStdString(findings.front().text) : explanation(trouble), card);
    text->setWordWrap(true);
    setTextRole(text, TextRole::Small);
    column->addWidget(text);
    if (!exclude.isEmpty()) {
        auto *button = new QPushButton(excludeText(trouble, int(exclude.size())), card);
        button->setObjectName(QStringLiteral("exclude_") + QString::fromLatin1(toString(trouble).data()));
        connect(button, &QPushButton::clicked, this, [this, exclude] { emit excludeRequested(exclude); });
        column->addWidget(button);
    }
    if (trouble == DataTrouble::Imbalance) {
        for (const QString &cure : cures) {
            auto *button = new QPushButton(cureText(cure), card);
            button->setObjectName(QStringLiteral("cure_") + cure);
            button->setToolTip(cureTip(cure));
            connect(button, &QPushButton::clicked, this, [this, cure] { emit cureRequested(cure); });
            column->addWidget(button);
        }
    }
    m_cards->layout()->addWidget(card);
}

void DoctorPane::setCuresTaken(const QStringList &taken)
{
    if (!m_cards)
        return;
    for (const QString &setting : {QStringLiteral("class_weights"), QStringLiteral("sampler")}) {
        auto *button = m_cards->findChild<QPushButton *>("cure_" + setting);
        if (!button)
            continue;
        const bool on = taken.contains(setting);
        button->setEnabled(!on);
        button->setIcon(on ? themedIcon(QStringLiteral("check")) : QIcon());
    }
}

void DoctorPane::show(DataTrouble trouble)
{
    m_shown = trouble;
    for (QToolButton *head : m_cards->findChildren<QToolButton *>()) {
        if (const QVariant own = head->property("trouble"); own.isValid())
            head->setChecked(own.toInt() == int(trouble));
    }
}

QString DoctorPane::title(DataTrouble trouble)
{
    switch (trouble) {
    case DataTrouble::Unreadable: return tr("Unreadable");
    case DataTrouble::Leak: return tr("Leaks across the split");
    case DataTrouble::TwoLabels: return tr("In two classes");
    case DataTrouble::Duplicate: return tr("Copies");
    case DataTrouble::OddSize: return tr("Odd size");
    case DataTrouble::OddShape: return tr("Odd shape");
    case DataTrouble::OddColour: return tr("Odd colour");
    case DataTrouble::Imbalance: return tr("Uneven classes");
    }
    return {};
}

} // namespace netloom
