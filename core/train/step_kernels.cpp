// SPDX-License-Identifier: GPL-3.0-or-later
#include "train/step_kernels.h"

#include "data/each_processor.h"

#include <cmath>

namespace netloom {

namespace {

NETLOOM_FOR_EACH_PROCESSOR
void sgd(float lr, float decay, std::size_t count, const float *__restrict gradient, float *__restrict weights)
{
    for (std::size_t at = 0; at < count; ++at)
        weights[at] -= lr * (gradient[at] + decay * weights[at]);
}

NETLOOM_FOR_EACH_PROCESSOR
void sgdWithMomentum(float lr, float momentum, float decay, std::size_t count, const float *__restrict gradient, float *__restrict velocity,
    float *__restrict weights)
{
    for (std::size_t at = 0; at < count; ++at) {
        velocity[at] = momentum * velocity[at] + (gradient[at] + decay * weights[at]);
        weights[at] -= lr * velocity[at];
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void sgdWithNesterov(float lr, float momentum, float decay, std::size_t count, const float *__restrict gradient, float *__restrict velocity,
    float *__restrict weights)
{
    for (std::size_t at = 0; at < count; ++at) {
        const float slope = gradient[at] + decay * weights[at];
        velocity[at] = momentum * velocity[at] + slope;
        weights[at] -= lr * (slope + momentum * velocity[at]);
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void rmsprop(float lr, float alpha, float rest, float epsilon, float decay, std::size_t count, const float *__restrict gradient, float *__restrict square,
    float *__restrict weights)
{
    for (std::size_t at = 0; at < count; ++at) {
        const float slope = gradient[at] + decay * weights[at];
        const float s = alpha * square[at] + rest * slope * slope;
        square[at] = s;
        weights[at] -= lr * slope / (std::sqrt(s) + epsilon);
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void adagrad(float lr, float epsilon, float decay, std::size_t count, const float *__restrict gradient, float *__restrict sum, float *__restrict weights)
{
    for (std::size_t at = 0; at < count; ++at) {
        const float slope = gradient[at] + decay * weights[at];
        const float s = sum[at] + slope * slope;
        sum[at] = s;
        weights[at] -= lr * slope / (std::sqrt(s) + epsilon);
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void lion(float lr, float beta1, float rest1, float beta2, float rest2, float shrink, std::size_t count, const float *__restrict gradient,
    float *__restrict mean, float *__restrict weights)
{
    for (std::size_t at = 0; at < count; ++at) {
        const float way = beta1 * mean[at] + rest1 * gradient[at];
        const float sign = way > 0 ? 1.0f : way < 0 ? -1.0f : 0.0f;
        weights[at] = shrink * weights[at] - lr * sign;
        mean[at] = beta2 * mean[at] + rest2 * gradient[at];
    }
}

NETLOOM_FOR_EACH_PROCESSOR
void adam(float beta1, float beta2, float rest1, float rest2, float epsilon, float stepSize, float rootBias, float decay, float shrink, std::size_t count,
    const float *__restrict gradient, float *__restrict mean, float *__restrict square, float *__restrict weights)
{
    for (std::size_t at = 0; at < count; ++at) {
        const float slope = gradient[at] + decay * weights[at];
        const float m = beta1 * mean[at] + rest1 * slope;
        const float v = beta2 * square[at] + rest2 * slope * slope;
        mean[at] = m;
        square[at] = v;
        weights[at] = shrink * weights[at] - stepSize * m / (std::sqrt(v) / rootBias + epsilon);
    }
}

} // namespace

void stepSgd(const SgdStep &step, std::size_t count, const float *gradient, float *velocity, float *weights)
{
    if (velocity && step.nesterov)
        sgdWithNesterov(step.lr, step.momentum, step.decay, count, gradient, velocity, weights);
    else if (velocity)
        sgdWithMomentum(step.lr, step.momentum, step.decay, count, gradient, velocity, weights);
    else
        sgd(step.lr, step.decay, count, gradient, weights);
}

void stepAdam(const AdamStep &step, std::size_t count, const float *gradient, float *mean, float *square, float *weights)
{
    adam(step.beta1, step.beta2, step.rest1, step.rest2, step.epsilon, step.stepSize, step.rootBias, step.decay, step.shrink, count, gradient, mean,
        square, weights);
}

void stepRmsprop(const RmspropStep &step, std::size_t count, const float *gradient, float *square, float *weights)
{
    rmsprop(step.lr, step.alpha, step.rest, step.epsilon, step.decay, count, gradient, square, weights);
}

void stepAdagrad(const AdagradStep &step, std::size_t count, const float *gradient, float *sum, float *weights)
{
    adagrad(step.lr, step.epsilon, step.decay, count, gradient, sum, weights);
}

void stepLion(const LionStep &step, std::size_t count, const float *gradient, float *mean, float *weights)
{
    lion(step.lr, step.beta1, step.rest1, step.beta2, step.rest2, step.shrink, count, gradient, mean, weights);
}

} // namespace netloom
