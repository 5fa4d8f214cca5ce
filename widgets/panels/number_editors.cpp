// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/number_editors.h"

#include "graph/unit_text.h"
#include "panels/real_spin_box.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QGridLayout>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <limits>

namespace netloom {

namespace {

int clampedToInt(double number)
{
    return int(std::clamp(number, double(std::numeric_limits<int>::min()), double(std::numeric_limits<int>::max())));
}

/// " epochs", but " epoch" behind 1.
template <class SpinBox>
void showUnit(SpinBox *spin, const std::string &unit)
{
    if (unit.empty())
        return;
    const auto show = [spin, unit](auto amount) { spin->setSuffix(' ' + QString::fromStdString(unitBehind(double(amount), unit))); };
    show(spin->value());
    QObject::connect(spin, &SpinBox::valueChanged, spin, show);
}

QSpinBox *makeSpin(const ParamDecl &decl, QWidget *parent)
{
    auto *spin = new QSpinBox(parent);
    spin->setLocale(QLocale::c());
    spin->setRange(decl.min ? clampedToInt(*decl.min) : std::numeric_limits<int>::min(),
        decl.max ? clampedToInt(*decl.max) : std::numeric_limits<int>::max());
    showUnit(spin, decl.unitText);
    spin->setMinimumWidth(52);
    spin->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return spin;
}

/// The choice between numbers (index 0) and the keywords; nullptr where there are no keywords.
QComboBox *makeKeywords(const ParamDecl &decl, QWidget *parent)
{
    if (decl.choices.empty())
        return nullptr;
    auto *combo = new QComboBox(parent);
    combo->addItem(ParamEditor::tr("number"));
    for (const std::string &keyword : decl.choices)
        combo->addItem(QString::fromStdString(keyword));
    combo->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return combo;
}

/// Fields in lines: the keyword above, the numbers below it.
QGridLayout *makeGrid(QWidget *parent)
{
    auto *grid = new QGridLayout(parent);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(4);
    grid->setColumnStretch(0, 1);
    return grid;
}

bool showsKeyword(const QComboBox *combo)
{
    return combo && combo->currentIndex() > 0;
}

/// Shows @p value where it is a keyword; false for numbers.
bool showKeyword(QComboBox *combo, const ParamValue &value)
{
    const auto *word = std::get_if<std::string>(&value);
    if (combo)
        combo->setCurrentIndex(word ? std::max(0, combo->findText(QString::fromStdString(*word))) : 0);
    return word != nullptr;
}

} // namespace

IntEditor::IntEditor(const ParamDecl &decl, QWidget *parent) : ParamEditor(decl, parent)
{
    m_keyword = makeKeywords(decl, this);
    m_number = makeSpin(decl, this);
    auto *grid = makeGrid(this);
    if (m_keyword) {
        grid->addWidget(m_keyword, 0, 0);
        adopt(m_keyword, "_keyword");
        connect(m_keyword, &QComboBox::currentIndexChanged, this, [this] { arrange(), report(); });
    }
    grid->addWidget(m_number, 1, 0);
    adopt(m_number);
    connect(m_number, &QSpinBox::valueChanged, this, [this] { report(); });
    arrange();
}

ParamValue IntEditor::value() const
{
    if (showsKeyword(m_keyword))
        return m_keyword->currentText().toStdString();
    return std::int64_t(m_number->value());
}

void IntEditor::display(const ParamValue &value)
{
    if (!showKeyword(m_keyword, value)) {
        if (const auto *number = std::get_if<std::int64_t>(&value))
            m_number->setValue(clampedToInt(double(*number)));
    }
    arrange();
}

void IntEditor::arrange()
{
    m_number->setVisible(!showsKeyword(m_keyword));
}

IntPairEditor::IntPairEditor(const ParamDecl &decl, QWidget *parent) : ParamEditor(decl, parent)
{
    m_keyword = makeKeywords(decl, this);
    m_first = makeSpin(decl, this);
    m_second = makeSpin(decl, this);
    m_second->setToolTip(tr("Width"));
    m_second->setPrefix(tr("w") + ' ');
    m_link = new QToolButton(this);
    m_link->setIcon(themedIcon("link"));
    m_link->setIconSize({16, 16});
    m_link->setAutoRaise(true);
    m_link->setCheckable(true);
    m_link->setChecked(true);
    m_link->setToolTip(tr("The same number for height and width"));
    auto *grid = makeGrid(this);
    if (m_keyword) {
        grid->addWidget(m_keyword, 0, 0, 1, 2);
        adopt(m_keyword, "_keyword");
        connect(m_keyword, &QComboBox::currentIndexChanged, this, [this] { arrange(), report(); });
    }
    grid->addWidget(m_first, 1, 0);
    grid->addWidget(m_link, 1, 1);
    grid->addWidget(m_second, 2, 0);
    adopt(m_first);
    adopt(m_second, "_2");
    adopt(m_link, "_link");
    connect(m_first, &QSpinBox::valueChanged, this, [this] { report(); });
    connect(m_second, &QSpinBox::valueChanged, this, [this] { report(); });
    connect(m_link, &QToolButton::toggled, this, [this](bool linked) {
        if (!linked && !m_showing)
            m_second->setValue(m_first->value());
        arrange();
        report();
    });
    arrange();
}

ParamValue IntPairEditor::value() const
{
    if (showsKeyword(m_keyword))
        return m_keyword->currentText().toStdString();
    if (m_link->isChecked())
        return std::vector<std::int64_t>{m_first->value()};
    return std::vector<std::int64_t>{m_first->value(), m_second->value()};
}

void IntPairEditor::display(const ParamValue &value)
{
    if (!showKeyword(m_keyword, value)) {
        if (const auto *pair = std::get_if<std::vector<std::int64_t>>(&value); pair && !pair->empty()) {
            m_first->setValue(clampedToInt(double(pair->front())));
            m_second->setValue(clampedToInt(double(pair->back())));
            m_link->setChecked(pair->size() == 1);
        }
    }
    arrange();
}

void IntPairEditor::arrange()
{
    const bool keyword = showsKeyword(m_keyword);
    const bool two = !keyword && !m_link->isChecked();
    m_first->setVisible(!keyword);
    m_first->setToolTip(two ? tr("Height") : QString());
    m_first->setPrefix(two ? tr("h") + ' ' : QString());
    m_second->setVisible(two);
    m_link->setVisible(!keyword);
}

RealEditor::RealEditor(const ParamDecl &decl, QWidget *parent) : ParamEditor(decl, parent)
{
    m_number = new RealSpinBox(this);
    m_number->setRange(decl.min.value_or(std::numeric_limits<double>::lowest()), decl.max.value_or(std::numeric_limits<double>::max()));
    showUnit(m_number, decl.unitText);
    m_number->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    makeGrid(this)->addWidget(m_number, 0, 0);
    adopt(m_number);
    connect(m_number, &RealSpinBox::valueChanged, this, [this] { report(); });
}

ParamValue RealEditor::value() const
{
    return m_number->value();
}

void RealEditor::display(const ParamValue &value)
{
    if (const auto *number = std::get_if<double>(&value))
        m_number->setValue(*number);
}

} // namespace netloom
