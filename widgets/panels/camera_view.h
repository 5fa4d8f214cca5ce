// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

class QPushButton;

namespace netloom {

/// The live picture of a camera or video, or why there is none with a way to get one.
class CameraView : public QWidget {
    Q_OBJECT
public:
    explicit CameraView(QWidget *parent = nullptr);

    /// Shown as in a mirror, and the middle square alone. What is cut off stays visible in the dark.
    void setMirrored(bool mirrored);
    void setSquare(bool square);
    void setFrame(const QImage &frame);
    /// No picture, but @p heading and @p sentence, with the button for a video where that @p offersVideo.
    void setEmpty(const QString &heading, const QString &sentence, bool offersVideo);
    /// What is recorded now: its name shows on the picture. "" for nothing.
    void setRecording(const QString &className);
    bool isEmpty() const { return m_frame.isNull(); }

signals:
    void videoRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void paintFrame(QPainter &painter) const;
    void paintRecording(QPainter &painter) const;
    void placeButton();
    QRect textArea() const;

    QImage m_frame;
    QString m_heading;
    QString m_sentence;
    QString m_recording;
    QPushButton *m_video = nullptr;
    bool m_mirrored = false;
    bool m_square = false;
};

} // namespace netloom
