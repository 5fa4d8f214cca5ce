// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/main_window.h"

#include "desktop/start_weights_dialog.h"

namespace netloom {

void MainWindow::chooseStartWeights()
{
    StartWeightsDialog dialog(m_document, QString::fromStdString(runsFolder().string()), this);
    if (dialog.exec() == QDialog::Accepted)
        setRecipe("start_from", dialog.chosenPath().toStdString());
}

} // namespace netloom
