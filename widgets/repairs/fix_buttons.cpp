// SPDX-License-Identifier: GPL-3.0-or-later
#include "repairs/fix_buttons.h"

#include "document/repair_offers.h"
#include "repairs/fix_button.h"

#include <QVBoxLayout>

namespace netloom {

FixButtons::FixButtons(Document &document, Issue issue, QWidget *parent)
    : QWidget(parent), m_document(document), m_issue(std::move(issue)), m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("fixes"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    connect(&document.repairs(), &RepairOffers::offersChanged, this, &FixButtons::refresh);
    refresh();
}

void FixButtons::refresh()
{
    QStringList texts;
    for (const Repair &repair : m_document.repairs().of(m_issue))
        texts << QString::fromStdString(repair.text);
    if (texts != m_texts) {
        m_texts = texts;
        while (QLayoutItem *item = m_column->takeAt(0)) {
            item->widget()->hide();
            item->widget()->deleteLater();
            delete item;
        }
        for (int index = 0; index < texts.size(); ++index)
            addButton(texts[index], std::size_t(index));
    }
    setVisible(!m_texts.isEmpty());
}

void FixButtons::addButton(const QString &text, std::size_t index)
{
    auto *button = new FixButton(text, this);
    m_column->addWidget(button);
    connect(button, &FixButton::pointedAt, this, [this, index](bool on) {
        if (on)
            m_document.repairs().preview(m_issue, index);
        else
            m_document.repairs().endPreview();
    });
    connect(button, &FixButton::clicked, this, [this, index] { m_document.repairs().apply(m_issue, index); });
}

} // namespace netloom
