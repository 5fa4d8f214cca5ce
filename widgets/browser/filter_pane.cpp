// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/filter_pane.h"

#include "browser/facet_list.h"
#include "panels/fact_rows.h"
#include "panels/param_form.h"
#include "theme/theme.h"
#include "theme/view_parts.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

namespace {

// Keys of the rows.
constexpr int kAll = 0;
constexpr int kExcludedPart = 10;

QLabel *heading(const QString &text)
{
    auto *label = new QLabel(text);
    setTextRole(label, TextRole::Section);
    label->setContentsMargins(14, 10, 14, 4);
    return label;
}

} // namespace

FilterPane::FilterPane(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(0);
    m_title = new QLabel;
    m_title->setObjectName(QStringLiteral("browserTitle"));
    m_title->setContentsMargins(14, 8, 14, 4);
    setTextRole(m_title, TextRole::Section);
    m_parts = new FacetList;
    m_parts->setObjectName(QStringLiteral("browserParts"));
    m_parts->setAccessibleName(tr("Parts of the data"));
    m_classes = new FacetList;
    m_classes->setObjectName(QStringLiteral("browserClasses"));
    m_classes->setAccessibleName(tr("Classes"));
    m_splitBox = new QWidget;
    m_splitColumn = new QVBoxLayout(m_splitBox);
    m_splitColumn->setContentsMargins(14, 0, 14, 12);
    m_splitColumn->setSpacing(4);
    auto *title = heading(tr("How they are dealt out"));
    title->setContentsMargins(0, 10, 0, 4);
    m_splitColumn->addWidget(title);
    m_splitBox->hide();
    column->addWidget(m_title);
    column->addWidget(m_parts);
    m_classesTitle = heading(tr("Classes"));
    m_classesTitle->setObjectName(QStringLiteral("browserClassesTitle"));
    column->addWidget(m_classesTitle);
    column->addWidget(m_classes, 1);
    column->addWidget(edgeLine());
    column->addWidget(m_splitBox);
    for (FacetList *facets : {m_parts, m_classes})
        connect(facets, &FacetList::chosen, this, &FilterPane::chosen);
}

void FilterPane::setSamples(const SampleList &list, bool isTable)
{
    using Counts = FacetList::Counts;
    Counts all{}, excluded{};
    std::vector<Counts> classes(std::size_t(list.classNames.size()));
    for (const SampleEntry &sample : list.samples) {
        ++(sample.excluded ? excluded : all)[std::size_t(sample.split)];
        for (const std::int32_t label : list.labelsOf(sample)) {
            if (!sample.excluded && std::size_t(label) < classes.size())
                ++classes[std::size_t(label)][std::size_t(sample.split)];
        }
    }
    std::vector<FacetList::Row> parts{{tr("All parts"), kAll, all, false, {}}};
    for (const Split split : kAllSplits) {
        Counts own{};
        own[std::size_t(split)] = all[std::size_t(split)];
        parts.push_back({splitTitle(split), 1 + int(split), own, false, FacetList::splitColour(int(split))});
    }
    if (!isTable)
        parts.push_back({tr("Excluded"), kExcludedPart, excluded, false, {}});
    m_parts->setRows(parts);
    m_parts->fitRows(400);
    m_classesTitle->setText(list.severalLabels ? tr("Labels, several per picture") : tr("Classes"));
    m_classes->setAccessibleName(m_classesTitle->text());
    for (QWidget *part : std::initializer_list<QWidget *>{m_classes, m_classesTitle})
        part->setVisible(!isTable || !list.classNames.isEmpty());
    std::vector<FacetList::Row> rows{{list.severalLabels ? tr("All labels") : tr("All classes"), kAll, all, false, {}}};
    for (std::size_t label = 0; label < classes.size(); ++label)
        rows.push_back({list.classNames[qsizetype(label)], 1 + int(label), classes[label], true, {}});
    m_classes->setRows(rows);
    const bool one = list.samples.size() == 1;
    const QString count = grouped(std::int64_t(list.samples.size()));
    setTitle(list.samples.empty() ? tr("No pictures") : isTable ? (one ? tr("1 row") : tr("%1 rows").arg(count)) : one ? tr("1 picture") : tr("%1 pictures").arg(count));
}

void FilterPane::setTitle(const QString &text)
{
    m_title->setText(text);
}

void FilterPane::setSplitParams(const std::vector<ParamDecl> &decls, const Params &params)
{
    const auto same = [](const ParamDecl &left, const ParamDecl &right) { return left.name == right.name && left.docText == right.docText; };
    if (!std::ranges::equal(decls, m_splitDecls, same) || !m_splitForm) {
        m_splitDecls = decls;
        delete m_splitForm;
        m_splitForm = new ParamForm(decls, ParamForm::Help::ToolTip);
        m_splitColumn->addWidget(m_splitForm);
        connect(m_splitForm, &ParamForm::valueEdited, this, &FilterPane::splitParamEdited);
    }
    m_splitBox->setVisible(!decls.empty());
    if (decls.empty())
        return;
    m_splitForm->setValues(params);
    const bool byFolds = params.has("split") && params.text("split") == "k-fold";
    m_splitForm->setAvailable("val_fraction", !byFolds, tr("k-fold takes one of the folds for validation"));
    for (const char *name : {"folds", "fold"})
        m_splitForm->setAvailable(name, byFolds, tr("For k-fold only"));
}

void FilterPane::narrow(SampleView &view) const
{
    const int part = m_parts->chosenKey();
    view.excluded = part == kExcludedPart;
    if (part > kAll && !view.excluded)
        view.split = Split(part - 1);
    if (const int label = m_classes->chosenKey(); label > kAll)
        view.label = label - 1;
}

void FilterPane::chooseAll(bool excluded)
{
    m_parts->choose(excluded ? kExcludedPart : kAll);
    m_classes->choose(kAll);
}

} // namespace netloom
