// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/details_pane.h"

#include "panels/fact_rows.h"
#include "theme/theme.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace netloom {

DetailsPane::DetailsPane(QWidget *parent)
    : QWidget(parent), m_picture(new QLabel(this)), m_name(new QLabel(this)), m_column(new QVBoxLayout(this)), m_sample(new QPushButton(tr("Use for previews"), this)),
      m_folder(new QPushButton(tr("Show in folder"), this)), m_exclude(new QPushButton(this))
{
    setObjectName(QStringLiteral("sampleDetails"));
    m_picture->setFixedSize(kPicture, kPicture);
    m_picture->setAlignment(Qt::AlignCenter);
    m_name->setObjectName(QStringLiteral("detailsName"));
    m_name->setWordWrap(true);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_name->setFocusPolicy(Qt::NoFocus);
    setTextRole(m_name, TextRole::Section);
    m_sample->setObjectName(QStringLiteral("detailsSample"));
    m_sample->setToolTip(tr("Sends this picture through the network on the canvas  (Enter)"));
    m_folder->setObjectName(QStringLiteral("detailsFolder"));
    m_exclude->setObjectName(QStringLiteral("detailsExclude"));
    m_column->setContentsMargins(12, 12, 12, 12);
    m_column->setSpacing(Theme::kSpacing);
    m_column->addWidget(m_picture, 0, Qt::AlignHCenter);
    m_column->addWidget(m_name);
    m_column->addStretch(1);
    for (QPushButton *button : {m_sample, m_folder, m_exclude})
        m_column->addWidget(button);
    connect(m_sample, &QPushButton::clicked, this, &DetailsPane::sampleRequested);
    connect(m_folder, &QPushButton::clicked, this, &DetailsPane::folderRequested);
    connect(m_exclude, &QPushButton::clicked, this, [this] { emit excludeRequested(!m_takesBack); });
}

void DetailsPane::setPicture(const QImage &picture)
{
    m_picture->setPixmap(QPixmap::fromImage(picture));
}

void DetailsPane::setSelection(const SampleList &list, const std::vector<int> &samples, bool hasFiles)
{
    const bool one = samples.size() == 1;
    delete m_facts;
    m_facts = nullptr;
    m_picture->setVisible(one);
    m_sample->setVisible(one);
    m_folder->setVisible(one && hasFiles);
    m_exclude->setVisible(!samples.empty());
    if (samples.empty()) {
        m_name->setText(tr("Select a picture to see more of it."));
        setTextRole(m_name, TextRole::Small);
        return;
    }
    setTextRole(m_name, TextRole::Section);
    m_takesBack = std::ranges::all_of(samples, [&](int sample) { return list.samples[std::size_t(sample)].excluded; });
    m_exclude->setText(m_takesBack ? tr("Take back") : tr("Exclude"));
    m_exclude->setToolTip(m_takesBack ? tr("Uses it again  (Del)") : tr("Leaves it out of training and judging; the file stays as it is  (Del)"));
    if (one)
        addFacts(list, list.samples[std::size_t(samples.front())]);
    else
        m_name->setText(tr("%1 pictures selected").arg(samples.size()));
}

void DetailsPane::addFacts(const SampleList &list, const SampleEntry &sample)
{
    QString name = sample.name;
    m_name->setText(name.replace('/', QStringLiteral("/\u200b")).replace('_', QStringLiteral("_\u200b"))); // where a long one may break
    m_facts = new QWidget(this);
    auto *column = new QVBoxLayout(m_facts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    FactRows rows(column);
    rows.row(list.severalLabels ? tr("Labels") : tr("Class"), list.classText(sample));
    rows.row(tr("Part"), sample.excluded ? tr("excluded") : splitTitle(sample.split));
    if (sample.width > 0)
        rows.row(tr("Size"), QStringLiteral("%1 × %2 px").arg(sample.width).arg(sample.height));
    if (sample.bytes >= 0)
        rows.row(tr("File"), byteText(sample.bytes));
    if (sample.hasLoss()) {
        rows.row(tr("Loss in the last run"), locale().toString(sample.loss, 'f', 3));
        if (sample.guess >= 0)
            rows.row(tr("Taken for"), list.className(sample.guess), {}, sample.guess == sample.label ? Theme::current().success : Theme::current().error);
    }
    m_column->insertWidget(2, m_facts);
}

} // namespace netloom
