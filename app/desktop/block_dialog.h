// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "document/own_blocks.h"

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace netloom {

/// Asks what a block is to be called in "My blocks", and for a line that says what it is for. Says so where a block would be replaced.
class BlockDialog : public QDialog {
    Q_OBJECT
public:
    /// @p name is what it is called so far. @p isKept: it is in "My blocks" under that name already.
    BlockDialog(const OwnBlocks &blocks, const SavedBlock &block, const QString &name, bool isKept, QWidget *parent = nullptr);

    QString name() const;
    QString doc() const;

private:
    void check();

    const OwnBlocks &m_blocks;
    QString m_keptName; ///< "" for a new block
    QLineEdit *m_name;
    QLineEdit *m_doc;
    QLabel *m_notice;
    QPushButton *m_save = nullptr;
};

} // namespace netloom
