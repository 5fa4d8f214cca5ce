// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/save_dialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

namespace netloom {

QString askForSaveFile(QWidget *parent, const QString &title, const QString &suggestion, const QString &filter, const QString &suffix)
{
    QFileDialog dialog(parent, title, suggestion, filter);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(suffix);
    dialog.selectFile(suggestion);
    if (dialog.exec() != QDialog::Accepted)
        return {};
    QString path = dialog.selectedFiles().value(0);
    if (path.isEmpty() || QFileInfo(path).suffix() == suffix)
        return path;
    path += '.' + suffix; // "my.v2": the dialog took v2 for the ending
    if (!QFileInfo::exists(path))
        return path;
    const auto answer = QMessageBox::question(parent, title, QFileDialog::tr("%1 already exists.\nDo you want to replace it?").arg(QFileInfo(path).fileName()));
    return answer == QMessageBox::Yes ? path : QString();
}

} // namespace netloom
