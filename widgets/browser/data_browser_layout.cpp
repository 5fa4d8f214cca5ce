// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser/data_browser.h"
#include "browser/details_pane.h"
#include "browser/doctor_pane.h"
#include "browser/filter_pane.h"
#include "browser/picture_grid.h"
#include "theme/theme.h"
#include "theme/view_parts.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>

namespace netloom {

namespace {

constexpr int kLeft = 252;
constexpr int kRight = 240;

} // namespace

DataBrowser::DataBrowser(Thumbnails &thumbnails, QWidget *parent) : QWidget(parent), m_thumbnails(thumbnails)
{
    setObjectName(QStringLiteral("dataBrowser"));
    buildGrid();
    buildTable();
    m_filters = new FilterPane;
    m_doctor = new DoctorPane;
    m_details = new DetailsPane;
    m_details->setFixedWidth(kRight);
    QWidget *tools = buildTools();
    m_left = new QStackedWidget;
    m_left->setFixedWidth(kLeft);
    m_left->addWidget(m_filters);
    m_left->addWidget(m_doctor);

    auto *columns = new QHBoxLayout;
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_left);
    columns->addWidget(edgeLine(Qt::Vertical));
    m_shown = new QStackedWidget;
    m_shown->addWidget(m_grid);
    m_shown->addWidget(m_table);
    m_detailsEdge = edgeLine(Qt::Vertical);
    columns->addWidget(m_shown, 1);
    columns->addWidget(m_detailsEdge);
    columns->addWidget(m_details);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(tools);
    rows->addWidget(edgeLine());
    rows->addLayout(columns, 1);
    connectPanes();
    setHasRun(false);
    setBusy({});
    setNothing(tr("Drop a folder of pictures on the window, or choose one in the data node."));
}

QWidget *DataBrowser::buildTools()
{
    auto *bar = new ViewHeader(QStringLiteral("browserBack"));
    connect(bar, &ViewHeader::backRequested, this, &DataBrowser::backRequested);
    QHBoxLayout *row = bar->row();
    m_pages = new QTabBar;
    m_pages->setObjectName(QStringLiteral("browserPages"));
    m_pages->setAccessibleName(tr("What to show of the data"));
    m_pages->setDrawBase(false);
    m_pages->setExpanding(false);
    m_pages->addTab(tr("Pictures"));
    m_pages->addTab(tr("As trained on"));
    m_pages->addTab(tr("Doctor"));
    m_busy = new QLabel;
    m_busy->setObjectName(QStringLiteral("browserBusy"));
    setTextRole(m_busy, TextRole::Small);
    m_stop = new QToolButton;
    m_stop->setObjectName(QStringLiteral("browserStop"));
    m_stop->setIcon(themedIcon(QStringLiteral("stop")));
    m_stop->setAutoRaise(true);
    m_stop->setToolTip(tr("Stop"));
    m_stop->setAccessibleName(m_stop->toolTip());
    connect(m_stop, &QToolButton::clicked, this, &DataBrowser::stopRequested);
    m_again = new QPushButton(themedIcon(QStringLiteral("again")), tr("Again"));
    m_again->setObjectName(QStringLiteral("augmentAgain"));
    m_again->setToolTip(tr("Other pictures, other random choices"));
    connect(m_again, &QPushButton::clicked, this, &DataBrowser::augmentedRequested);

    m_tools = new QWidget;
    auto *tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(Theme::kSpacing);
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("browserSearch"));
    m_search->setPlaceholderText(tr("Search by name"));
    m_search->setAccessibleName(tr("Search by name"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(180);
    m_sort = new QComboBox;
    m_sort->setObjectName(QStringLiteral("browserSort"));
    m_sort->setAccessibleName(tr("Order"));
    for (const auto &[text, sort] : {std::pair(tr("As found"), SampleSort::AsFound), {tr("By name"), SampleSort::Name}, {tr("Largest file first"), SampleSort::Bytes},
             {tr("Most pixels first"), SampleSort::Pixels}, {tr("By class"), SampleSort::Class}})
        m_sort->addItem(text, int(sort));
    m_groups = new QComboBox;
    m_groups->setObjectName(QStringLiteral("browserGroups"));
    m_groups->setAccessibleName(tr("Groups"));
    for (const auto &[text, groups] : {std::pair(tr("Not grouped"), SampleGroups::None), {tr("By class"), SampleGroups::Class}, {tr("By part"), SampleGroups::Split}})
        m_groups->addItem(text, int(groups));
    m_groups->setCurrentIndex(1);
    m_size = new QSlider(Qt::Horizontal);
    m_size->setObjectName(QStringLiteral("browserSize"));
    m_size->setAccessibleName(tr("Size of the pictures"));
    m_size->setToolTip(m_size->accessibleName());
    m_size->setRange(3, 12); // × 16 px
    m_size->setPageStep(2);
    m_size->setValue(m_grid->pictureSide() / 16);
    m_size->setFixedWidth(90);
    for (QWidget *tool : std::initializer_list<QWidget *>{m_search, m_sort, m_groups, m_size})
        tools->addWidget(tool);
    row->addWidget(m_pages);
    row->addStretch(1);
    row->addWidget(m_busy);
    row->addWidget(m_stop);
    row->addWidget(m_again);
    row->addWidget(m_tools);
    return bar;
}

void DataBrowser::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::current().panel);
}

} // namespace netloom
