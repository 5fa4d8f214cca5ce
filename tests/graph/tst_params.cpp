// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/param.h"
#include "graph/recipe.h"

#include <QTest>

using namespace netloom;

namespace {

ParamDecl declFor(const QString &kind)
{
    if (kind == "bool")
        return ParamDecl::flag("bias", true);
    if (kind == "int")
        return ParamDecl::integer("channels", 1).range(1, 100);
    if (kind == "intOr")
        return ParamDecl::integerOr("out_features", std::int64_t(10), {"classes"}).atLeast(1);
    if (kind == "real")
        return ParamDecl::real("p", 0.5).range(0, 1);
    if (kind == "choice")
        return ParamDecl::choice("mode", "a", {"a", "b"});
    if (kind == "pairOr")
        return ParamDecl::pairOr("padding", 0, {"same", "valid"}).atLeast(0);
    if (kind == "reals")
        return ParamDecl::reals("mean", {0.5});
    if (kind == "realsOr")
        return ParamDecl::realsOr("center", std::string("middle"), {"middle"});
    if (kind == "texts")
        return ParamDecl::texts("only");
    return ParamDecl::text("note", "");
}

} // namespace

class TestParams : public QObject {
    Q_OBJECT

private slots:
    void textIsReadOrRefused_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("formatted"); // null = refused
        const QString refused;
        QTest::newRow("bool yes") << "bool" << "yes" << "true";
        QTest::newRow("bool off") << "bool" << "off" << "false";
        QTest::newRow("bool word") << "bool" << "maybe" << refused;
        QTest::newRow("int") << "int" << " 7 " << "7";
        QTest::newRow("int below") << "int" << "0" << refused;
        QTest::newRow("int above") << "int" << "101" << refused;
        QTest::newRow("int overflow") << "int" << "99999999999999999999" << refused;
        QTest::newRow("int fraction") << "int" << "1.5" << refused;
        QTest::newRow("int empty") << "int" << "" << refused;
        QTest::newRow("keyword") << "intOr" << "classes" << "classes";
        QTest::newRow("other keyword") << "intOr" << "class" << refused;
        QTest::newRow("real") << "real" << "0.25" << "0.25";
        QTest::newRow("real small") << "real" << "1e-05" << "1e-05";
        QTest::newRow("real above") << "real" << "1.01" << refused;
        QTest::newRow("real nan") << "real" << "nan" << refused;
        QTest::newRow("choice") << "choice" << "b" << "b";
        QTest::newRow("choice other") << "choice" << "c" << refused;
        QTest::newRow("pair one") << "pairOr" << "3" << "3";
        QTest::newRow("pair two") << "pairOr" << "3,5" << "3, 5";
        QTest::newRow("pair cross") << "pairOr" << "3x5" << "3, 5";
        QTest::newRow("pair brackets") << "pairOr" << "[3, 5]" << "3, 5";
        QTest::newRow("pair keyword") << "pairOr" << "same" << "same";
        QTest::newRow("pair three") << "pairOr" << "1,2,3" << refused;
        QTest::newRow("pair negative") << "pairOr" << "-1" << refused;
        QTest::newRow("reals") << "reals" << "0.485, 0.456,0.406" << "0.485, 0.456, 0.406";
        QTest::newRow("reals hole") << "reals" << "0.1,,0.2" << refused;
        QTest::newRow("reals keyword") << "realsOr" << "middle" << "middle";
        QTest::newRow("reals beside a keyword") << "realsOr" << "3,4.5" << "3, 4.5";
        QTest::newRow("reals other keyword") << "realsOr" << "center" << refused;
        QTest::newRow("texts") << "texts" << "rose;  tulip ;" << "rose; tulip";
        QTest::newRow("texts none") << "texts" << " " << "";
        QTest::newRow("texts lines") << "texts" << "a;b\nc" << "a;b\nc\n";
        QTest::newRow("text") << "text" << "any thing" << "any thing";
    }

    void textIsReadOrRefused()
    {
        QFETCH(QString, kind);
        QFETCH(QString, text);
        QFETCH(QString, formatted);
        const ParamDecl decl = declFor(kind);
        const auto value = parseParam(decl, text.toStdString());
        QCOMPARE(value.ok(), !formatted.isNull());
        if (!value) {
            QVERIFY2(QString::fromStdString(value.error().text).contains(QString::fromStdString(decl.name)), value.error().text.c_str());
            return;
        }
        QCOMPARE(QString::fromStdString(formatParam(*value)), formatted);
        const auto again = parseParam(decl, formatParam(*value));
        QVERIFY(again.ok());
        QVERIFY(*again == *value);
    }

    void everyRecipeDefaultIsAllowedAndExplained()
    {
        for (const ParamDecl &decl : recipeDecls()) {
            QVERIFY2(validateParam(decl, decl.fallback).ok(), decl.name.c_str());
            QVERIFY2(decl.docText.size() > 10, decl.name.c_str());
        }
    }

    void pairGivesBothAxes()
    {
        Params params;
        params.set("one", std::vector<std::int64_t>{3});
        params.set("two", std::vector<std::int64_t>{3, 5});
        QVERIFY((params.pair("one") == std::array<std::int64_t, 2>{3, 3}));
        QVERIFY((params.pair("two") == std::array<std::int64_t, 2>{3, 5}));
        QCOMPARE(params.keyword("two"), std::string());
    }
};

QTEST_GUILESS_MAIN(TestParams)
#include "tst_params.moc"
