// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QWidget>

class QVBoxLayout;

namespace netloom {

/// The repairs of one issue as buttons; nothing where none is known. Pointing at one previews it, a click applies it.
class FixButtons : public QWidget {
    Q_OBJECT
public:
    FixButtons(Document &document, Issue issue, QWidget *parent = nullptr);

private:
    void refresh();
    void addButton(const QString &text, std::size_t index);

    Document &m_document;
    Issue m_issue;
    QVBoxLayout *m_column;
    QStringList m_texts; ///< of the buttons
};

} // namespace netloom
