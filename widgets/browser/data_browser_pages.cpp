// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/data_browser.h"
#include "browser/details_pane.h"
#include "browser/doctor_pane.h"
#include "browser/facet_list.h"
#include "browser/filter_pane.h"
#include "browser/picture_grid.h"
#include "browser/thumbnails.h"
#include "panels/fact_rows.h"

#include <QComboBox>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>
#include <QTabBar>

#include <algorithm>
#include <ranges>

namespace netloom {

namespace {

constexpr int kRowsAhead = 2;
constexpr int kAugmentedColumns = 8;

} // namespace

DataBrowser::Page DataBrowser::page() const
{
    return m_pages ? Page(m_pages->currentIndex()) : Page::Pictures;
}

void DataBrowser::showPage(Page page)
{
    if (m_isTable)
        page = Page::Pictures; // the others are for pictures
    m_pages->setCurrentIndex(int(page));
    m_left->setVisible(page != Page::Augmented);
    m_left->setCurrentIndex(page == Page::Doctor ? 1 : 0);
    arrange();
    m_tools->setVisible(page == Page::Pictures);
    m_again->setVisible(page == Page::Augmented && !m_list.samples.empty());
    m_grid->setSections({});
    m_grid->setMostColumns(page == Page::Augmented ? kAugmentedColumns : 0);
    m_grid->setPictureSide(page == Page::Augmented ? kAugmentedSide : m_size->value() * 16);
    if (page == Page::Pictures) {
        refreshPictures();
    } else if (page == Page::Doctor) {
        showFindings();
    } else {
        showAugmented();
        if (m_augmented.empty() && !m_list.samples.empty())
            emit augmentedRequested();
    }
    emit pageShown(page);
}

void DataBrowser::setLook()
{
    m_grid->setLook([this](int item) {
        PictureGrid::Look look;
        if (page() == Page::Augmented) {
            const Augmented &shown = m_augmented[std::size_t(item)];
            look.picture = &shown.picture;
            look.caption = shown.mixture.isEmpty() ? m_list.classText(m_list.samples[std::size_t(shown.sample)]) : shown.mixture;
            look.toolTip = shown.problem.isEmpty() ? toolTipOf(m_list.samples[std::size_t(shown.sample)]) : shown.problem;
            if (!shown.mixture.isEmpty())
                look.toolTip.prepend(shown.mixture + QLatin1Char('\n'));
            return look;
        }
        const SampleEntry &sample = m_list.samples[std::size_t(item)];
        look.picture = m_thumbnails.find(item);
        look.dimmed = sample.excluded && page() == Page::Doctor;
        look.dot = FacetList::splitColour(int(sample.split));
        look.toolTip = toolTipOf(sample);
        const auto sort = SampleSort(m_sort->currentData().toInt());
        if (page() == Page::Doctor)
            look.caption = m_list.classText(sample);
        else if (sort == SampleSort::Loss && sample.hasLoss())
            look.caption = QString::number(sample.loss, 'f', 2) + (sample.guess == sample.label || sample.guess < 0 ? QString() : QStringLiteral(" → ") + m_list.className(sample.guess));
        else if (sort == SampleSort::Bytes && sample.bytes >= 0)
            look.caption = byteText(sample.bytes);
        else if (sort == SampleSort::Pixels && sample.width > 0)
            look.caption = QStringLiteral("%1 × %2").arg(sample.width).arg(sample.height);
        else
            look.caption = sample.name.mid(sample.name.lastIndexOf('/') + 1);
        return look;
    });
}

QString DataBrowser::toolTipOf(const SampleEntry &sample) const
{
    QStringList lines{sample.name, m_list.classText(sample) + QStringLiteral(", ") + (sample.excluded ? tr("excluded") : splitTitle(sample.split))};
    if (sample.hasLoss() && sample.guess < 0)
        lines << tr("Loss %1").arg(locale().toString(sample.loss, 'f', 3));
    else if (sample.hasLoss())
        lines << tr("Loss %1, taken for %2").arg(locale().toString(sample.loss, 'f', 3), m_list.className(sample.guess));
    return lines.join('\n');
}

SampleView DataBrowser::view() const
{
    SampleView view;
    m_filters->narrow(view);
    view.search = m_search->text().trimmed();
    view.sort = SampleSort(m_sort->currentData().toInt());
    view.groups = SampleGroups(m_groups->currentData().toInt());
    return view;
}

void DataBrowser::refreshPictures()
{
    if (page() != Page::Pictures)
        return;
    if (m_isTable)
        return refreshRows();
    if (m_list.samples.empty())
        m_grid->setEmptyText(QStringLiteral("image"), tr("No pictures to show"), m_nothing);
    else if (view().excluded)
        m_grid->setEmptyText(QStringLiteral("check"), tr("Nothing is excluded"), tr("Select pictures and press Del to leave them out. Their files stay as they are."));
    else
        m_grid->setEmptyText(QStringLiteral("search"), tr("No such pictures"), tr("Choose another part or class, or search for something else."));
    std::vector<PictureGrid::Section> sections;
    for (SampleGroup &group : arrangeSamples(m_list, view()))
        sections.push_back({group.title, {}, std::move(group.samples)});
    m_grid->setSections(std::move(sections));
}

void DataBrowser::setAugmented(std::vector<Augmented> pictures, const QString &problem)
{
    m_augmented = std::move(pictures);
    m_augmentedProblem = problem;
    if (page() == Page::Augmented)
        showAugmented();
}

void DataBrowser::showAugmented()
{
    m_grid->setEmptyText(QStringLiteral("image"), m_list.samples.empty() ? tr("No pictures to show") : m_augmentedProblem.isEmpty() ? tr("One moment") : tr("They can't be made"),
        m_list.samples.empty() ? m_nothing : m_augmentedProblem);
    if (m_augmented.empty()) {
        m_grid->setSections({});
        return;
    }
    std::vector<int> items(m_augmented.size());
    std::ranges::copy(std::views::iota(0, int(items.size())), items.begin());
    m_grid->setSections({{tr("A batch as in training"), tr("Random pictures of the training part, after all transforms with their random choices. Normalize alone is left out, since its numbers are no colours."), items}});
}

void DataBrowser::setFindings(const DataFindings &findings)
{
    m_findings = findings;
    m_examined = true;
    m_pages->setTabText(int(Page::Doctor), findings.empty() ? tr("Doctor") : tr("Doctor (%1)").arg(findings.size()));
    m_doctor->setFindings(findings, m_cures);
    m_doctor->setCuresTaken(m_curesTaken);
}

void DataBrowser::setCures(const QStringList &offered, const QStringList &taken)
{
    m_cures = offered;
    m_curesTaken = taken;
    m_doctor->setCuresTaken(taken);
}

void DataBrowser::showFindings()
{
    if (page() != Page::Doctor)
        return;
    m_grid->setEmptyText(m_examined ? QStringLiteral("check") : QStringLiteral("search"), m_examined ? tr("Nothing to show") : tr("Not examined yet"),
        m_examined ? tr("The doctor found no pictures to look at here.") : tr("Press “Examine the data”; the pictures that need a look are then shown here."));
    std::vector<PictureGrid::Section> sections;
    for (const DataFinding &finding : m_findings) {
        if (finding.trouble != m_doctor->shown() || finding.samples.empty())
            continue;
        std::vector<int> items;
        for (const std::string &name : finding.samples) {
            if (const auto found = m_byName.find(QString::fromStdString(name)); found != m_byName.end())
                items.push_back(*found);
        }
        sections.push_back({DoctorPane::title(finding.trouble), QString::fromStdString(finding.text), std::move(items)});
    }
    m_grid->setSections(std::move(sections));
}

void DataBrowser::askForThumbnails()
{
    if (page() != Page::Augmented)
        m_thumbnails.want(m_grid->visibleItems(kRowsAhead), int(m_grid->pictureSide() * devicePixelRatioF()));
}

} // namespace netloom
