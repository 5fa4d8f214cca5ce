// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/lr_dialog.h"

#include "plots/lr_plot.h"
#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace netloom {

LrDialog::LrDialog(const NodeRegistry &registry, Project project, QWidget *parent) : QDialog(parent)
{
    setObjectName("findLr");
    setWindowTitle(tr("Find learning rate"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_words = new QLabel(tr("Trying learning rates from 1e-7 to 10 on a copy of the network, one batch each…"), this);
    m_words->setObjectName("lrWords");
    m_words->setWordWrap(true);
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(5);
    m_bar->setRange(0, 0);
    m_plot = new LrPlot(this);
    m_plot->setMinimumSize(460, 260);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_use = buttons->addButton(tr("Use"), QDialogButtonBox::AcceptRole);
    m_use->setObjectName("useLr");
    m_use->setToolTip(tr("Write the chosen learning rate into the recipe"));
    m_use->setEnabled(false);
    setPrimary(m_use);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(m_words);
    column->addWidget(m_plot, 1);
    column->addWidget(m_bar);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (const auto lr = m_plot->chosen())
            emit useRequested(*lr);
        accept();
    });
    connect(m_plot, &LrPlot::chosenByHand, this, [this](double lr) {
        m_use->setText(tr("Use %1").arg(QString::number(lr, 'g', 2)));
        m_use->setEnabled(true);
    });
    connect(&m_task, &BackgroundTask::progressed, this, [this](qint64 done, qint64 total) {
        m_bar->setRange(0, int(total));
        m_bar->setValue(int(done));
    });
    m_task.start([this, &registry, project = std::move(project)](const BackgroundTask::Report &report) -> BackgroundTask::Finish {
        const Result<LrSearch> found = searchLearningRate(registry, project, report);
        return [this, found] { showFound(found); };
    });
}

LrDialog::~LrDialog()
{
    m_task.stop();
}

void LrDialog::showFound(const Result<LrSearch> &found)
{
    m_bar->hide();
    if (!found) {
        m_words->setText(QString::fromStdString(found.error().text));
        setTextRole(m_words, TextRole::Error);
        return;
    }
    std::vector<LrPlot::Point> points;
    for (const LrPoint &point : found->points)
        points.push_back({point.lr, point.loss});
    m_plot->setPoints(points);
    if (!found->suggestion) {
        m_words->setText(tr("The loss falls at no learning rate: look whether the labels belong to the samples, or try Overfit one batch. Click the curve to choose one anyway."));
        return;
    }
    const double lr = QString::number(*found->suggestion, 'g', 2).toDouble();
    m_plot->choose(lr);
    m_use->setText(tr("Use %1").arg(QString::number(lr, 'g', 2)));
    m_use->setEnabled(true);
    m_use->setFocus();
    m_words->setText(tr("The loss falls steepest at a learning rate of %1. Click the curve to choose another one.").arg(QString::number(lr, 'g', 2)));
}

} // namespace netloom
