// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/preview_view.h"

#include "plots/preview_painting.h"
#include "theme/theme.h"

#include <QApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace netloom;

namespace {

std::shared_ptr<NodePreview> previewOf(NodePreview::Kind kind, Shape shape, float min, float max)
{
    auto preview = std::make_shared<NodePreview>();
    preview->kind = kind;
    preview->shape = std::move(shape);
    preview->min = min;
    preview->max = max;
    return preview;
}

/// 0, 1, 2, …
std::shared_ptr<NodeValues> counting(Shape shape)
{
    auto values = std::make_shared<NodeValues>();
    values->values.resize(std::size_t(shape.elementsPerSample()));
    values->shape = std::move(shape);
    std::iota(values->values.begin(), values->values.end(), 0.0f);
    return values;
}

} // namespace

class TestPreviewView : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PreviewView> m_view;

    QPointF pixel(int tile, int row, int column, QSize size) const
    {
        const QRectF rect = m_view->tileRect(tile);
        return {rect.left() + rect.width() * (column + 0.5) / size.width(), rect.top() + rect.height() * (row + 0.5) / size.height()};
    }

private slots:
    void initTestCase() { applyTheme(*qApp, ThemeKind::Light); }

    void init()
    {
        m_view = std::make_unique<PreviewView>();
        m_view->resize(500, 400);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    }

    void everyFeatureMapTellsTheNumberUnderThePointer()
    {
        m_view->setPreview(previewOf(NodePreview::Kind::Maps, {Shape::kBatch, 6, 2, 4}, 0, 47), counting({6, 2, 4}));
        QCOMPARE(m_view->tileCount(), 6);
        QCOMPARE(m_view->readoutAt(pixel(0, 0, 0, {4, 2})), "Map 0 · row 0, column 0: 0 · this map goes from 0 to 7");
        QCOMPARE(m_view->readoutAt(pixel(5, 1, 2, {4, 2})), "Map 5 · row 1, column 2: 46 · this map goes from 40 to 47");
        QCOMPARE(m_view->readoutAt({1, 1}), "");
    }

    void picturesTellAllTheirChannels()
    {
        m_view->setPreview(previewOf(NodePreview::Kind::Picture, {3, 2, 2}, 0, 11), counting({3, 2, 2}));
        QCOMPARE(m_view->tileCount(), 1);
        QCOMPARE(m_view->readoutAt(pixel(0, 1, 0, {2, 2})), "Pixel at row 1, column 0: 2, 6, 10");
    }

    void barsTellNameAndNumber()
    {
        auto preview = previewOf(NodePreview::Kind::Bars, {Shape::kBatch, 3}, 0, 2);
        m_view->setPreview(preview, counting({3}));
        QCOMPARE(m_view->readoutAt(m_view->barRect(2).center()), "Number 2: 2");
        preview->names = {"cat", "dog", "owl"};
        m_view->setPreview(preview, counting({3}));
        QCOMPARE(m_view->readoutAt(m_view->barRect(1).center()), "Number 1 dog: 1");
    }

    void manyNumbersAndMapsStayReachable()
    {
        m_view->setPreview(previewOf(NodePreview::Kind::Maps, {Shape::kBatch, 512, 4, 4}, 0, 8191), counting({512, 4, 4}));
        QVERIFY(m_view->tileRect(0).width() >= 40);
        QVERIFY(m_view->verticalScrollBar()->maximum() > 0);
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());
        QVERIFY(m_view->viewport()->rect().contains(m_view->tileRect(511).toRect()));
        m_view->setPreview(previewOf(NodePreview::Kind::Bars, {Shape::kBatch, 5000}, 0, 4999), counting({5000}));
        m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());
        QCOMPARE(m_view->readoutAt(m_view->barRect(4999).center()), "Number 4999: 4999");
        QVERIFY(m_view->viewport()->rect().contains(m_view->barRect(4999).center().toPoint()));
    }

    void theNumberUnderARestingPointerFollowsNewValues()
    {
        m_view->setPreview(previewOf(NodePreview::Kind::Maps, {Shape::kBatch, 1, 2, 2}, 0, 3), counting({1, 2, 2}));
        QSignalSpy readouts(m_view.get(), &PreviewView::readoutChanged);
        QTest::mouseMove(m_view->viewport(), pixel(0, 1, 1, {2, 2}).toPoint());
        QTRY_VERIFY(!readouts.isEmpty() && readouts.last().first().toString().contains(": 3 "));
        auto values = counting({1, 2, 2});
        values->values.back() = 9;
        m_view->setPreview(previewOf(NodePreview::Kind::Maps, {Shape::kBatch, 1, 2, 2}, 0, 9), values);
        QVERIFY(readouts.last().first().toString().contains(": 9 "));
    }

    void valuesThatDontBelongAreNotDrawn()
    {
        m_view->setPreview(previewOf(NodePreview::Kind::Maps, {Shape::kBatch, 6, 2, 4}, 0, 1),
            std::make_shared<NodeValues>(NodeValues{{6, 2, 4}, {1, 2, 3}}));
        QCOMPARE(m_view->tileCount(), 0);
        m_view->setPreview(nullptr, nullptr);
        QVERIFY(!m_view->grab().isNull());
    }

    void whatNoLongerHoldsIsGreyed()
    {
        m_view->setPreview(previewOf(NodePreview::Kind::Maps, {Shape::kBatch, 1, 2, 2}, 0, 3), counting({1, 2, 2}));
        const auto black = [this] { return m_view->grab().toImage().pixelColor(m_view->tileRect(0).topLeft().toPoint() + QPoint(8, 8)).lightness(); };
        QVERIFY(black() < 20);
        m_view->setStale();
        QVERIFY(black() > 100);
    }
};

QTEST_MAIN(TestPreviewView)
#include "tst_preview_view.moc"
