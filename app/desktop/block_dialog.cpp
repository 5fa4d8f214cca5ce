// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/block_dialog.h"

#include "plots/graph_picture.h"
#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace netloom {

namespace {

constexpr int kWidth = 440;
constexpr int kPictureHeight = 132;

/// A block's picture on a piece of canvas.
class BlockPicture : public QWidget {
public:
    explicit BlockPicture(GraphPicture picture) : m_picture(std::move(picture)) { setFixedHeight(kPictureHeight); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.border, 1));
        painter.setBrush(theme.canvas);
        const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.drawRoundedRect(area, Theme::kRadius, Theme::kRadius);
        m_picture.paint(painter, area.adjusted(14, 12, -14, -12));
    }

private:
    GraphPicture m_picture;
};

} // namespace

BlockDialog::BlockDialog(const OwnBlocks &blocks, const SavedBlock &block, const QString &name, bool isKept, QWidget *parent)
    : QDialog(parent), m_blocks(blocks), m_keptName(isKept ? name : QString()), m_name(new QLineEdit(name)),
      m_doc(new QLineEdit(QString::fromStdString(block.doc))), m_notice(new QLabel)
{
    setObjectName("blockDialog");
    setWindowTitle(isKept ? tr("Rename a block") : tr("Save to My Blocks"));
    setMinimumWidth(kWidth);
    m_name->setObjectName("blockName");
    m_name->selectAll();
    m_doc->setObjectName("blockDoc");
    m_doc->setPlaceholderText(tr("What it is for (may be left out)"));
    m_doc->setMaxLength(int(kMaxBlockDoc) / 2);
    m_notice->setObjectName("blockNotice");
    m_notice->setWordWrap(true);
    m_notice->setMinimumHeight(m_notice->fontMetrics().height());
    m_notice->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    auto *form = new QFormLayout;
    form->setSpacing(10);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Description"), m_doc);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_save->setObjectName("blockSave");
    setPrimary(m_save);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(14);
    column->addWidget(new BlockPicture(GraphPicture::ofBlock(block.graph, blocks.registry())));
    column->addLayout(form);
    column->addWidget(m_notice);
    column->addWidget(buttons);
    m_save->setDefault(true);
    connect(m_name, &QLineEdit::textChanged, this, &BlockDialog::check);
    connect(&m_blocks, &OwnBlocks::changed, this, &BlockDialog::check);
    check();
}

QString BlockDialog::name() const
{
    return m_name->text().trimmed();
}

QString BlockDialog::doc() const
{
    return m_doc->text().simplified();
}

void BlockDialog::check()
{
    const QString problem = m_blocks.nameProblem(name());
    const bool replaces = name() != m_keptName && m_blocks.isTaken(name());
    setTextRole(m_notice, problem.isEmpty() ? TextRole::Muted : TextRole::Error);
    m_notice->setText(!problem.isEmpty() ? problem
            : replaces                   ? tr("My blocks has a block '%1' already: this one will take its place.").arg(name())
                                         : QString());
    m_save->setText(replaces ? tr("Replace") : m_keptName.isEmpty() ? tr("Save") : tr("Rename"));
    m_save->setEnabled(problem.isEmpty());
}

} // namespace netloom
