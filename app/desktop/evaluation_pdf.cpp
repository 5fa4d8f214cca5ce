// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/evaluation_pdf.h"

#include "run/evaluation_report.h"
#include "run/number_text.h"
#include "theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QDate>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgRenderer>
#include <QTextDocument>
#include <QUrl>

namespace netloom {

namespace {

constexpr int kMistakes = 18;
constexpr int kMistakesBeside = 6;
constexpr int kDotsPerInch = 96;   ///< of the document's own px
constexpr int kMargin = 15;        ///< mm
constexpr int kChartWidth = 325;   ///< two are beside each other
constexpr int kChartScale = 3;     ///< px of a chart's image for each of its own
constexpr int kMostClasses = 40;   ///< with a matrix and a table

/// What the page's style sheet says to a browser, as QSvgRenderer reads it.
const char *const kChartStyle = "<style>.grid{stroke:#e2e6ec}.axis{stroke:#aab2bf}.curve{fill:none;stroke:#2563eb;stroke-width:2}"
                                ".faint{fill:none;stroke:#8fb0f5;stroke-width:1.5}.ideal{stroke:#5d6778;stroke-dasharray:5 4}"
                                ".dot{fill:#7ea2f3}.share{fill:#8fb0f5}text{fill:#5d6778;font-size:11px;font-family:sans-serif}</style>";

QString html(const std::string &text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

QString tr(const char *text)
{
    return QCoreApplication::translate("EvaluationPdf", text);
}

/// A document that knows its pictures.
class Pages {
public:
    Pages()
    {
        m_device.setDotsPerMeterX(qRound(kDotsPerInch / 0.0254));
        m_device.setDotsPerMeterY(qRound(kDotsPerInch / 0.0254));
        m_document.documentLayout()->setPaintDevice(&m_device);
        m_document.setDefaultStyleSheet("body{color:#1b2230} h1{font-size:20pt} h2{font-size:13pt;margin-top:18px} p,td,th{font-size:8.5pt} th{color:#5d6778;text-align:left}"
                                        " .s{color:#5d6778}");
        m_document.setDocumentMargin(0);
    }

    /// The tag of @p image, shown with this width, px.
    QString image(const QImage &image, int width)
    {
        const QString name = QStringLiteral("picture-%1").arg(++m_pictures);
        m_document.addResource(QTextDocument::ImageResource, QUrl(name), image);
        return QStringLiteral("<img src=\"%1\" width=\"%2\" height=\"%3\">").arg(name).arg(width).arg(width * image.height() / std::max(1, image.width()));
    }

    /// A figure of the core's reports: its caption and its drawing.
    QString chart(const std::string &figure)
    {
        const QString whole = QString::fromStdString(figure);
        const qsizetype start = whole.indexOf("<svg"), end = whole.indexOf("</svg>"), inside = whole.indexOf('>', start) + 1;
        const QString caption = whole.section("<figcaption>", 1).section("</figcaption>", 0, 0);
        const QString svg = QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\"") + whole.mid(start + 4, inside - start - 4) + kChartStyle + whole.mid(inside, end + 6 - inside);
        QSvgRenderer renderer(svg.toUtf8());
        QImage drawn(renderer.viewBox().size() * kChartScale, QImage::Format_RGB32);
        drawn.fill(Qt::white);
        QPainter painter(&drawn);
        renderer.render(&painter);
        painter.end();
        return QStringLiteral("<td><span class=\"s\">%1</span><br>%2</td>").arg(caption, image(drawn, kChartWidth));
    }

    QString write(const QString &path, const QString &title, const QString &body)
    {
        m_document.setHtml("<html><body>" + body + "</body></html>");
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return tr("%1 could not be written: %2. Choose another folder.").arg(path, file.errorString());
        {
            QPdfWriter writer(&file);
            writer.setTitle(title);
            writer.setCreator("Netloom");
            writer.setPageSize(QPageSize(QPageSize::A4));
            writer.setPageMargins(QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter);
            writer.setResolution(600);
            m_document.setPageSize(writer.pageLayout().paintRect(QPageLayout::Inch).size() * kDotsPerInch);
            m_document.print(&writer);
        }
        return file.commit() ? QString() : tr("%1 could not be written: %2. Choose another folder.").arg(path, file.errorString());
    }

private:
    QImage m_device{1, 1, QImage::Format_RGB32};
    QTextDocument m_document;
    int m_pictures = 0;
};

/// The cells of a table's line: a name, and numbers below each other by their ends.
QString tableLine(const QStringList &cells, const char *tag)
{
    QString line = "<tr>";
    for (qsizetype column = 0; column < cells.size(); ++column)
        line += QStringLiteral("<%1 align=\"%2\">%3</%1>").arg(QLatin1String(tag), column == 0 ? "left" : "right", cells[column].toHtmlEscaped());
    return line + "</tr>";
}

QString figuresTable(const Evaluation &evaluation)
{
    constexpr int kBeside = 5;
    QString text = "<table width=\"100%\" cellpadding=\"6\">";
    const auto figures = evaluationFigures(evaluation);
    for (std::size_t index = 0; index < figures.size(); ++index) {
        if (index % kBeside == 0)
            text += index ? "</tr><tr>" : "<tr>";
        text += "<td><b style=\"font-size:12pt\">" + html(figures[index].text) + "</b><br><span class=\"s\">" + html(figures[index].name) + "</span></td>";
    }
    return text + "</tr></table>";
}

QString matrixTable(const Evaluation &evaluation)
{
    const ConfusionMatrix &confusion = evaluation.confusion;
    QString text = "<table width=\"100%\" cellspacing=\"1\" cellpadding=\"3\"><tr><th></th>";
    for (const std::string &name : evaluation.classNames)
        text += "<th align=\"right\">" + html(name) + "</th>";
    text += "</tr>";
    for (std::int64_t truth = 0; truth < confusion.classes; ++truth) {
        std::int64_t total = 0;
        for (std::int64_t answer = 0; answer < confusion.classes; ++answer)
            total += confusion.at(truth, answer);
        text += "<tr><th>" + html(evaluation.classNames[std::size_t(truth)]) + "</th>";
        for (std::int64_t answer = 0; answer < confusion.classes; ++answer) {
            const std::int64_t count = confusion.at(truth, answer);
            const double share = total > 0 ? double(count) / double(total) : 0;
            const QColor over = truth == answer ? QColor(37, 99, 235) : QColor(214, 69, 65);
            const QColor fill = count > 0 ? mixed(Qt::white, over, 0.10 + 0.75 * share) : QColor(0xed, 0xf0, 0xf4);
            text += QStringLiteral("<td align=\"right\" bgcolor=\"%1\"><font color=\"%2\">%3</font></td>")
                        .arg(fill.name(), share > 0.55 ? "#ffffff" : "#1b2230", count > 0 ? QString::number(count) : QString());
        }
        text += "</tr>";
    }
    return text + "</table>";
}

QString classTable(const Evaluation &evaluation)
{
    QString text = "<table width=\"100%\" cellpadding=\"3\">"
        + tableLine({tr("class"), tr("precision"), tr("recall"), tr("F1"), tr("ROC AUC"), tr("avg. precision"), tr("support")}, "th");
    const auto share = [](double number) { return std::isfinite(number) ? fixedText(number, 4) : std::string("–"); };
    for (const ClassRow &row : classRows(evaluation)) {
        QStringList cells{QString::fromStdString(row.score.name)};
        for (const std::string &cell : {percentText(row.score.precision), percentText(row.score.recall), percentText(row.score.f1), share(row.rates.auc),
                 share(row.rates.averagePrecision), groupedText(row.score.support)})
            cells << QString::fromStdString(cell);
        text += tableLine(cells, "td");
    }
    return text + "</table>";
}

QString mistakesTable(const Evaluation &evaluation, Pages &pages)
{
    QString text = "<table cellpadding=\"5\" width=\"100%\"><tr>";
    const auto mistakes = shownMistakes(evaluation, kMistakes);
    for (std::size_t index = 0; index < mistakes.size(); ++index) {
        if (index > 0 && index % kMistakesBeside == 0)
            text += "</tr><tr>";
        text += "<td>";
        if (!mistakes[index].png.empty()) {
            QImage picture = QImage::fromData(QByteArray::fromStdString(mistakes[index].png));
            const int times = std::max(1, 84 / std::max(1, std::max(picture.width(), picture.height())));
            picture = picture.scaled(picture.size() * times);
            text += pages.image(picture, picture.width()) + "<br>";
        }
        text += "<b>" + html(mistakes[index].answer) + "</b><br>" + tr("truth: %1").arg(html(mistakes[index].truth)) + "</td>";
    }
    return mistakes.empty() ? QString() : text + "</tr></table>";
}

QString heading(const QString &title, const QString &body, bool newPage = false)
{
    return body.isEmpty() ? body : QStringLiteral("<h2%1>").arg(newPage ? " style=\"page-break-before:always\"" : "") + title + "</h2>" + body;
}

QString labelTable(const Evaluation &evaluation)
{
    QString text = "<table width=\"100%\" cellpadding=\"3\">"
        + tableLine({tr("label"), tr("hits"), tr("false alarms"), tr("misses"), tr("rest"), tr("precision"), tr("recall"), tr("F1"), tr("ROC AUC")}, "th");
    for (const LabelRow &row : labelRows(evaluation, evaluation.tally)) {
        QStringList cells{QString::fromStdString(row.score.name)};
        for (const std::string &cell : {groupedText(row.counts.hits), groupedText(row.counts.falseAlarms), groupedText(row.counts.misses), groupedText(row.counts.rest),
                 percentText(row.score.precision), percentText(row.score.recall), percentText(row.score.f1), std::isfinite(row.rates.auc) ? fixedText(row.rates.auc, 4) : std::string("–")})
            cells << QString::fromStdString(cell);
        text += tableLine(cells, "td");
    }
    return text + "</table>";
}

/// All that is known of one head.
QString headBody(const Evaluation &evaluation, Pages &pages)
{
    const bool few = evaluation.confusion.classes > 0 && evaluation.confusion.classes <= kMostClasses;
    QString body = figuresTable(evaluation);
    if (few)
        body += heading(tr("Confusion matrix"), "<p class=\"s\">" + tr("Rows are the true classes, shaded by their share of the row.") + ' ' + QString::fromStdString(thresholdSentence(evaluation)).toHtmlEscaped() + "</p>" + matrixTable(evaluation));
    if (evaluation.confusion.classes > 0)
        body += heading(tr("Scores for each class"), classTable(evaluation));
    if (evaluation.severalLabels())
        body += heading(tr("Labels"), "<p class=\"s\">" + QString::fromStdString(thresholdSentence(evaluation)) + ' ' + tr("Hits are there and said to be, false alarms only said to be, misses only there.") + "</p>" + labelTable(evaluation));
    QString charts;
    const auto figures = evaluationCharts(evaluation);
    for (std::size_t index = 0; index < figures.size(); ++index)
        charts += (index % 2 == 0 ? index ? "</tr><tr>" : "<tr>" : "") + pages.chart(figures[index]);
    if (!charts.isEmpty())
        charts = "<table cellpadding=\"4\">" + charts + "</tr></table>";
    body += heading(evaluation.learnsNumber() ? tr("Predicted and true") : tr("Curves"), charts, few);
    return body + heading(evaluation.learnsNumber() ? tr("Largest errors") : tr("Most confident mistakes"), mistakesTable(evaluation, pages), evaluation.severalLabels()); // pictures stay with their words
}

} // namespace

QString writeEvaluationPdf(const QString &path, const std::vector<Evaluation> &heads, const QString &run)
{
    Pages pages;
    const Evaluation &main = heads.front();
    QString body = "<h1>" + run.toHtmlEscaped() + "</h1><p class=\"s\">"
        + tr("Evaluation on %1 %2 samples, %3").arg(QLocale(QLocale::English).toString(qint64(main.result.samples)), QString::fromLatin1(toString(main.split).data()),
            QDate::currentDate().toString(Qt::ISODate)) + "</p>";
    for (const Evaluation &head : heads) {
        const QString name = (&head == &main ? tr("Head “%1”, which predicts") : tr("Head “%1”")).arg(html(head.head));
        body += heads.size() > 1 ? heading(name, headBody(head, pages), &head != &main) : headBody(head, pages);
    }
    return pages.write(path, run, body);
}

} // namespace netloom
