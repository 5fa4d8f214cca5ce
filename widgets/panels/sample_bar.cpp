// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/sample_bar.h"

#include "panels/elided_label.h"
#include "plots/preview_painting.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QSignalBlocker>
#include <QToolButton>

namespace netloom {

namespace {

constexpr int kHeight = 44;
constexpr int kThumbnail = 32;

QString splitName(Split split)
{
    return split == Split::Train ? SampleBar::tr("Training") : split == Split::Val ? SampleBar::tr("Validation") : SampleBar::tr("Test");
}

} // namespace

SampleBar::SampleBar(QWidget *parent)
    : QWidget(parent), m_thumbnail(new QLabel(this)), m_class(new QLabel(this)), m_name(new ElidedLabel(this)), m_split(new QComboBox(this)),
      m_weights(new QLabel(this))
{
    setObjectName(QStringLiteral("sampleBar"));
    setFixedHeight(kHeight);
    m_thumbnail->setObjectName(QStringLiteral("sampleThumbnail"));
    m_thumbnail->setFixedSize(kThumbnail, kThumbnail);
    m_thumbnail->setAlignment(Qt::AlignCenter);
    m_class->setObjectName(QStringLiteral("sampleClass"));
    m_name->setObjectName(QStringLiteral("sampleName"));
    m_weights->setObjectName(QStringLiteral("sampleWeights"));
    for (QLabel *label : {m_class, m_name, m_weights})
        label->setTextFormat(Qt::PlainText);
    m_name->setMinimumWidth(40);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setTextRole(m_class, TextRole::Section);
    setTextRole(m_name, TextRole::Small);
    setTextRole(m_weights, TextRole::Small);
    m_split->setObjectName(QStringLiteral("sampleSplit"));
    m_split->setToolTip(tr("Which part of the data the sample is taken from"));
    m_split->setAccessibleName(m_split->toolTip());
    connect(m_split, &QComboBox::activated, this, [this](int index) { emit splitRequested(Split(m_split->itemData(index).toInt())); });

    QToolButton *previous = makeButton(QStringLiteral("samplePrevious"), QStringLiteral("chevron-left"), tr("Previous sample  (Ctrl+PgUp)"));
    QToolButton *next = makeButton(QStringLiteral("sampleNext"), QStringLiteral("chevron-right"), tr("Next sample  (Ctrl+PgDown)"));
    QToolButton *random = makeButton(QStringLiteral("sampleRandom"), QStringLiteral("shuffle"), tr("Any sample"));
    QToolButton *open = makeButton(QStringLiteral("samplePicture"), QStringLiteral("open"), tr("Take a picture file; or drop one on the window"));
    m_choosers = {previous, next, random};
    QToolButton *training = makeButton(QStringLiteral("sampleTraining"), QStringLiteral("dice"), tr("As in training: random transforms draw, instead of doing what they do in evaluation"));
    training->setCheckable(true);
    QToolButton *again = makeButton(QStringLiteral("sampleAgain"), QStringLiteral("again"), tr("Again: other draws of the random transforms"));
    again->hide();
    connect(training, &QToolButton::toggled, again, &QToolButton::setVisible);
    connect(training, &QToolButton::toggled, this, &SampleBar::trainingToggled);
    connect(again, &QToolButton::clicked, this, &SampleBar::againRequested);
    connect(previous, &QToolButton::clicked, this, [this] { emit stepRequested(-1); });
    connect(next, &QToolButton::clicked, this, [this] { emit stepRequested(1); });
    connect(random, &QToolButton::clicked, this, &SampleBar::randomRequested);
    connect(open, &QToolButton::clicked, this, &SampleBar::pictureRequested);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 1);
    row->setSpacing(Theme::kSpacing);
    row->addWidget(m_thumbnail);
    row->addWidget(m_class);
    row->addWidget(m_name, 1);
    row->addWidget(m_weights);
    row->addSpacing(Theme::kSpacing);
    row->addWidget(again);
    row->addWidget(training);
    row->addWidget(m_split);
    for (QToolButton *button : {previous, next, random, open})
        row->addWidget(button);
    setSplits({}, Split::Val);
    setSample({}, {});
}

QToolButton *SampleBar::makeButton(const QString &name, const QString &icon, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setIcon(themedIcon(icon));
    button->setIconSize({18, 18});
    button->setAutoRaise(true);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    return button;
}

void SampleBar::setSample(const QString &name, const QString &className)
{
    m_sampleName = name;
    m_class->setText(className);
    m_class->setVisible(!className.isEmpty());
    setPicture(m_picture);
}

void SampleBar::setPicture(const std::shared_ptr<const NodePreview> &picture)
{
    m_picture = picture;
    const bool failed = picture && picture->kind == NodePreview::Kind::None;
    m_name->setText(m_sampleName.isEmpty() ? tr("Choose data, and a picture flows through the network")
            : failed                       ? QString::fromStdString(picture->reason)
                                           : m_sampleName);
    m_name->setToolTip(m_name->text());
    showThumbnail();
}

void SampleBar::showThumbnail()
{
    const double ratio = devicePixelRatioF();
    QPixmap pixmap(m_thumbnail->size() * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    const QRect room(QPoint(), m_thumbnail->size());
    if (m_picture && m_picture->kind == NodePreview::Kind::Picture)
        paintPreview(painter, room, *m_picture, themeFont(TextRole::Small));
    else
        themedIcon(m_picture && !m_picture->fields.empty() ? QStringLiteral("table") : QStringLiteral("image"), Theme::current().textMuted).paint(&painter, room.adjusted(6, 6, -6, -6));
    m_thumbnail->setPixmap(pixmap);
}

void SampleBar::setSplits(const std::map<Split, std::int64_t> &counts, Split current)
{
    const QSignalBlocker blocker(m_split);
    m_split->clear();
    for (const Split split : kAllSplits) {
        const auto count = counts.find(split);
        if (count == counts.end() || count->second == 0)
            continue;
        m_split->addItem(splitName(split), int(split));
        if (split == current)
            m_split->setCurrentIndex(m_split->count() - 1);
    }
    m_split->setVisible(m_split->count() > 0);
    for (QToolButton *button : std::as_const(m_choosers))
        button->setEnabled(m_split->count() > 0);
}

void SampleBar::setWeightsNote(const QString &note)
{
    m_weights->setText(note);
}

void SampleBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showThumbnail();
}

void SampleBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
}

} // namespace netloom
